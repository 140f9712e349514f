package org.cldcb.client.install;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.cldcb.client.cli.NodeOptions;
import org.cldcb.client.cli.ServerOption;
import org.cldcb.client.cli.Terminal;
import org.cldcb.client.cln.KeySigner;
import org.cldcb.client.cln.LightningDir;
import org.cldcb.client.cln.LightningNode;
import org.cldcb.client.cln.NodeFinder;
import org.cldcb.client.cln.NodeSigner;
import org.cldcb.client.hsmd.HsmdOptions;
import org.cldcb.client.secret.PassphraseOptions;
import org.cldcb.client.server.ServerLink;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code cldcb-client install}. */
@Command(
    name = "install",
    description = {
      "Backs this node up from now on.",
      "Works while lightningd runs, and while it doesn't; doing it again changes nothing."
    },
    footer = {
      "",
      "Example:",
      "  cldcb-client install --lightning-dir=$HOME/.lightning --server=02ab...@backup.example:9736"
    })
public final class InstallCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Mixin private NodeOptions node = new NodeOptions();

  @Mixin private PassphraseOptions passphrase = new PassphraseOptions();
  @Mixin private HsmdOptions hsmd = new HsmdOptions();

  @Mixin private ServerOption server = new ServerOption();

  @Option(
      names = "--replace-backup",
      description = "start the backup anew from this database, though the backup is newer")
  private boolean replaceBackup;

  @Option(names = "--yes", description = "ask nothing; answer yes where there is a choice")
  private boolean yes;

  @Override
  public Integer call() throws IOException {
    Terminal terminal = Terminal.of(Objects.requireNonNull(spec).commandLine(), yes);
    LightningNode found = NodeFinder.find(node.lightningDir(), node.network());
    SecureRandom random = new SecureRandom();
    ServerLink link = new ServerLink(random, found.alias().orElseGet(InstallCommand::hostName));
    try (NodeSigner signer = signer(found, terminal)) {
      hsmd.match(signer.nodeId());
      new Installation(found, signer, terminal, replaceBackup, link, random).run(server.contact());
    }
    return 0;
  }

  /** A lightningd that answers has its own hsmd: no second one is started beside it. */
  private NodeSigner signer(LightningNode found, Terminal terminal) throws IOException {
    if (!hsmd.areGiven() || found.isRunning()) {
      return found.openSigner(passphrase.from(terminal));
    }
    LightningDir dir = found.dir();
    return KeySigner.of(
        hsmd.openConfirmed(
            dir.networkFolder(), dir.network(), passphrase.given(terminal), terminal));
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "node";
    }
  }
}
