package org.cldcb.client.recover;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.cldcb.chain.ChainException;
import org.cldcb.chain.Delegation;
import org.cldcb.client.cli.Messages;
import org.cldcb.client.cli.NodeOptions;
import org.cldcb.client.cli.ServerOption;
import org.cldcb.client.cli.Terminal;
import org.cldcb.client.cln.LightningDir;
import org.cldcb.client.cln.LightningNode;
import org.cldcb.client.cln.NodeFinder;
import org.cldcb.client.hsmd.HsmdOptions;
import org.cldcb.client.install.PluginExecutable;
import org.cldcb.client.secret.PassphraseOptions;
import org.cldcb.contact.Contact;
import org.cldcb.contact.Wrapper;
import org.cldcb.contact.WrapperException;
import org.cldcb.contact.WrapperFile;
import org.cldcb.crypto.MessageSignature;
import org.cldcb.crypto.NodeKey;
import org.cldcb.crypto.PrivateKey;
import org.cldcb.format.Identity;
import org.cldcb.link.Access;
import org.cldcb.link.ConnectionLostException;
import org.cldcb.link.RefusedException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code cldcb-client recover}. */
@Command(
    name = "recover",
    description = {
      "Brings a node back from its hsm_secret, or the hsmd that has its key, and the server's"
          + " contact.",
      "Where there is no hsm_secret, it can be typed in from paper: 12 or 24 words, 64 hex digits,"
          + " or a codex32 string.",
      "Writes the database where lightningd looks for it, installs the plugin, and makes sure"
          + " that the old node can't write any more. Overwrites nothing."
    },
    footer = {
      "",
      "Example:",
      "  cldcb-client recover --lightning-dir=$HOME/.lightning --network=bitcoin"
          + " --server=02ab...@backup.example:9736",
      "  cd $LIGHTNINGDIR; cldcb-client recover --alt-hsmd=$ALTHSMD --server=..."
    })
public final class RecoverCommand implements Callable<Integer> {
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  @Spec private @Nullable CommandSpec spec;

  @Mixin private NodeOptions options = new NodeOptions();

  @Mixin private PassphraseOptions passphrase = new PassphraseOptions();

  @Mixin private HsmdOptions hsmd = new HsmdOptions();

  @Mixin private ServerOption server = new ServerOption();

  @Option(
      names = "--to",
      paramLabel = "FILE",
      description = "only write the database to this file; installs and claims nothing")
  private @Nullable Path to;

  @Option(
      names = "--take-over",
      description = "even if the last write is under an hour old: the old node is stopped for good")
  private boolean takeOver;

  @Option(names = "--yes", description = "ask nothing; fail where an answer is needed")
  private boolean yes;

  @Override
  public Integer call() throws IOException {
    Terminal terminal = Terminal.of(Objects.requireNonNull(spec).commandLine(), yes);
    LightningNode node = NodeFinder.find(options.lightningDir(), options.network());
    try {
      if (hsmd.areGiven()) {
        recoverByHsmd(node, terminal);
      } else {
        recoverByFile(node, terminal);
      }
    } catch (ChainException e) {
      throw RecoverMessages.rejected(e);
    } catch (RefusedException e) {
      throw RecoverMessages.refused(e);
    }
    return 0;
  }

  private void recoverByFile(LightningNode node, Terminal terminal) throws IOException {
    NodeSecret secret = new NodeSecret(node, terminal, passphrase);
    Path file = secret.file();
    try (NodeKey key = secret.open(to == null, hsmd::match)) {
      recover(node, Optional.of(file), key, terminal);
    }
  }

  /** An hsmd starts in the network's folder, which a machine that is new hasn't got yet. */
  private void recoverByHsmd(LightningNode node, Terminal terminal) throws IOException {
    if (to == null && !node.isDown()) {
      throw RecoverMessages.running(node.dir().base());
    }
    try (NodeFolder folder = NodeFolder.of(node.dir());
        NodeKey key =
            hsmd.openConfirmed(
                folder.path(), node.dir().network(), passphrase.given(terminal), terminal)) {
      recover(node, Optional.empty(), key, terminal);
    }
  }

  private void recover(LightningNode node, Optional<Path> hsmSecret, NodeKey key, Terminal terminal)
      throws IOException {
    SecureRandom random = new SecureRandom();
    Identity identity = new Identity(node.dir().network(), key.nodeId());
    Contact contact = contact(node.dir(), terminal);
    try (PrivateKey delegate = PrivateKey.generate(random)) {
      MessageSignature delegation = Delegation.delegate(key, delegate.publicKey());
      Access access = new Access(contact, identity, delegate, delegation);
      Source source = source(key, access, random);
      InstantSource clock = InstantSource.system();
      if (to != null) {
        Target target = new Target(to.toAbsolutePath().normalize());
        new FileRecovery(target, source, terminal, clock).run();
      } else {
        Path plugin = PluginExecutable.find();
        TakeOver consent = new TakeOver(clock, terminal, takeOver);
        new NodeRecovery(node, source, access, terminal, consent).run(hsmSecret, plugin);
      }
    } catch (ConnectionLostException e) {
      throw Messages.unreachable(contact, e);
    }
  }

  private static Source source(NodeKey key, Access access, SecureRandom random) {
    return new Source(
        access.identity(),
        key,
        access.server().serverKey(),
        access.delegateKey().publicKey(),
        access.delegation(),
        new SessionServer(access, random),
        LONGEST_PAUSE);
  }

  /** As told, else as in the wrapper that lies there, else asked for. */
  private Contact contact(LightningDir dir, Terminal terminal) throws IOException {
    Optional<Contact> old = oldContact(dir);
    Contact given = server.contact();
    if (given != null) {
      return given;
    }
    if (old.isPresent()) {
      return old.get();
    }
    try {
      return Contact.parse(terminal.ask(Messages.ASK_SERVER, "--server"));
    } catch (IllegalArgumentException e) {
      throw Messages.badContact(e);
    }
  }

  /** A wrapper of another network is in the way; one that can't be read is of no use. */
  private static Optional<Contact> oldContact(LightningDir dir) throws IOException {
    if (Files.notExists(dir.wrapper())) {
      return Optional.empty();
    }
    try (Wrapper wrapper = WrapperFile.read(dir.wrapper())) {
      if (!wrapper.network().equals(dir.network())) {
        throw Messages.wrapperOfOtherNetwork(dir.wrapper(), wrapper.network());
      }
      return Optional.of(wrapper.server());
    } catch (WrapperException e) {
      return Optional.empty();
    }
  }
}
