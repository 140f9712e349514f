package org.cldcb.client.secret;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.cldcb.client.cli.Messages;
import org.cldcb.client.cli.NodeOptions;
import org.cldcb.client.cli.Terminal;
import org.cldcb.client.cln.LightningDir;
import org.cldcb.client.cln.LightningNode;
import org.cldcb.client.cln.NodeFinder;
import org.cldcb.client.cln.NodeSigner;
import org.cldcb.contact.Contact;
import org.cldcb.contact.Wrapper;
import org.cldcb.contact.WrapperException;
import org.cldcb.contact.WrapperFile;
import org.cldcb.crypto.HsmSecret;
import org.cldcb.crypto.HsmSecretException;
import org.cldcb.crypto.HsmSecretForm;
import org.cldcb.crypto.NodeKey;
import org.cldcb.crypto.Passphrase;
import org.cldcb.crypto.PublicKey;
import org.cldcb.format.Identity;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code cldcb-client paper}: what the operator keeps for the day of recovery. */
@Command(
    name = "paper",
    description = {
      "Prints the sheet to keep for the day of recovery, on one page: node id, server, kind of"
          + " secret.",
      "With --secret also the secret, as recover takes it: its words, or hex digits with a check"
          + " word for each line. An encrypted secret is printed decrypted; words are printed"
          + " without their passphrase, which is needed besides."
    },
    footer = {"", "Example:", "  cldcb-client paper --lightning-dir=$HOME/.lightning --secret"})
public final class PaperCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Mixin private NodeOptions options = new NodeOptions();

  @Mixin private PassphraseOptions passphrase = new PassphraseOptions();

  @Option(names = "--secret", description = "the secret too, to a terminal or --out only")
  private boolean secret;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "write the sheet to this new file (mode 0600)")
  private @Nullable Path out;

  @Option(names = "--yes", description = "ask nothing; print the secret if --secret says so")
  private boolean yes;

  @Override
  public Integer call() throws IOException {
    Terminal terminal = Terminal.of(Objects.requireNonNull(spec).commandLine(), yes);
    if (secret && out == null && !terminal.isInteractive()) {
      throw SecretMessages.nowhereToPrint();
    }
    LightningNode node = NodeFinder.find(options.lightningDir(), options.network());
    if (secret) {
      printSecret(node, terminal);
    } else {
      printPublic(node, terminal);
    }
    return 0;
  }

  private void printPublic(LightningNode node, Terminal terminal) throws IOException {
    try (NodeSigner signer = node.openSigner(passphrase.from(terminal));
        SecretText text = new SecretText()) {
      PaperSheet sheet = sheet(node, signer.nodeId(), form(node.dir()), terminal);
      sheet.print(text);
      sheet.printWithoutSecret(text);
      new PaperOutput(terminal, out).put(text);
    }
  }

  private void printSecret(LightningNode node, Terminal terminal) throws IOException {
    Path file =
        node.dir()
            .hsmSecret()
            .orElseThrow(() -> SecretMessages.noSecretHere(node.dir().networkFolder()));
    try (HsmSecret open = open(file, terminal);
        NodeKey key = open.nodeKey();
        SecretText text = new SecretText()) {
      requireSameNode(node, key.nodeId());
      terminal.confirm(SecretMessages.confirmSecret(key.nodeId()));
      PaperSheet sheet = sheet(node, key.nodeId(), Optional.of(open.form()), terminal);
      sheet.print(text);
      sheet.printSecret(open, text);
      new PaperOutput(terminal, out).put(text);
    }
  }

  private HsmSecret open(Path file, Terminal terminal) throws IOException {
    try {
      return HsmSecret.read(file, passphrase.from(terminal));
    } catch (HsmSecretException e) {
      throw Messages.badHsmSecret(file, e);
    }
  }

  /** A sheet with another node's secret would be found out on the day of recovery. */
  private static void requireSameNode(LightningNode node, PublicKey nodeId) throws IOException {
    if (!node.isRunning()) {
      return;
    }
    try (NodeSigner running = node.openSigner(Passphrase.NONE)) {
      if (!running.nodeId().equals(nodeId)) {
        throw SecretMessages.otherNode(running.nodeId(), nodeId);
      }
    }
  }

  private static PaperSheet sheet(
      LightningNode node, PublicKey nodeId, Optional<HsmSecretForm> form, Terminal terminal)
      throws IOException {
    List<Contact> servers = servers(node.dir());
    if (servers.isEmpty()) {
      terminal.warn(SecretMessages.notInstalled());
    }
    return new PaperSheet(new Identity(node.dir().network(), nodeId), servers, form);
  }

  private static Optional<HsmSecretForm> form(LightningDir dir) throws IOException {
    Optional<Path> file = dir.hsmSecret();
    if (file.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(HsmSecret.formOf(file.get()));
    } catch (HsmSecretException e) {
      throw Messages.badHsmSecret(file.get(), e);
    }
  }

  private static List<Contact> servers(LightningDir dir) throws IOException {
    if (Files.notExists(dir.wrapper())) {
      return List.of();
    }
    try (Wrapper wrapper = WrapperFile.read(dir.wrapper())) {
      return wrapper.network().equals(dir.network()) ? List.of(wrapper.server()) : List.of();
    } catch (WrapperException e) {
      return List.of();
    }
  }
}
