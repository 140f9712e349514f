package org.cldcb.client.hsmd;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.cldcb.chain.Network;
import org.cldcb.cli.Failure;
import org.cldcb.client.cli.Parsed;
import org.cldcb.client.cli.Terminal;
import org.cldcb.crypto.HsmSecretException;
import org.cldcb.crypto.NodeKey;
import org.cldcb.crypto.Passphrase;
import org.cldcb.crypto.PublicKey;
import org.cldcb.crypto.Secrets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** An hsmd that has the node's key, and which node that has to be. */
public final class HsmdOptions {
  @Option(
      names = "--alt-hsmd",
      paramLabel = "PATH",
      description =
          "ask this program for the node's key, as lightningd does with --subdaemon=hsmd:PATH;"
              + " its working directory is DIR/NET")
  private @Nullable Path program;

  @Option(
      names = "--node-id",
      paramLabel = "HEX",
      converter = NodeIdConverter.class,
      description = "the node's id: fail if the key is another node's, instead of asking")
  private @Nullable PublicKey expected;

  /** Whether an hsmd is to be asked. */
  public boolean areGiven() {
    return program != null;
  }

  /**
   * Starts the hsmd; it answers with some node's key, which nobody confirmed yet.
   *
   * @param folder the network's, in which lightningd would start it
   * @param passphrase for an hsmd that opens a file with it
   */
  public NodeKey open(Path folder, Network network, Optional<Passphrase> passphrase)
      throws IOException {
    Path absolute = program();
    if (!Files.isRegularFile(absolute) || !Files.isExecutable(absolute)) {
      throw HsmdText.notAProgram(absolute);
    }
    if (!Files.isDirectory(folder)) {
      throw HsmdText.noFolder(folder);
    }
    ChainParameters chain =
        ChainParameters.of(network).orElseThrow(() -> HsmdText.unknownNetwork(network));
    ExpectedSecret secret = ExpectedSecret.before(absolute, folder);
    HsmdKey key;
    try {
      key = open(absolute, folder, chain, passphrase);
    } catch (HsmdException e) {
      secret.check();
      throw e;
    }
    try {
      secret.check();
    } catch (Failure e) {
      key.close();
      throw e;
    }
    return key;
  }

  private static HsmdKey open(
      Path program, Path folder, ChainParameters chain, Optional<Passphrase> passphrase)
      throws IOException {
    byte @Nullable [] bytes = passphrase.isPresent() ? ask(passphrase.get()) : null;
    try {
      return HsmdKey.open(program, folder, chain, bytes, HsmdKey.PATIENCE);
    } finally {
      if (bytes != null) {
        Secrets.wipe(bytes);
      }
    }
  }

  private static byte[] ask(Passphrase passphrase) throws IOException {
    try {
      return passphrase.ask();
    } catch (HsmSecretException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  /** The same, for work that begins only if the operator says that this is the node. */
  public NodeKey openConfirmed(
      Path folder, Network network, Optional<Passphrase> passphrase, Terminal terminal)
      throws IOException {
    NodeKey key = open(folder, network, passphrase);
    try {
      confirm(key.nodeId(), terminal);
      return key;
    } catch (Failure e) {
      key.close();
      throw e;
    }
  }

  /** A failure if this isn't the node that the operator named. */
  public void match(PublicKey nodeId) {
    if (expected != null && !expected.equals(nodeId)) {
      throw HsmdText.otherNode(nodeId, expected);
    }
  }

  private void confirm(PublicKey nodeId, Terminal terminal) {
    terminal.note(HsmdText.answers(program(), nodeId));
    match(nodeId);
    if (expected == null && !ask(nodeId, terminal).matches("(?i)y|yes")) {
      throw HsmdText.declined();
    }
  }

  private static String ask(PublicKey nodeId, Terminal terminal) {
    try {
      return terminal.ask(HsmdText.askNodeId(nodeId), "--node-id");
    } catch (Failure nobodyAnswers) {
      throw HsmdText.unconfirmed(nodeId);
    }
  }

  private Path program() {
    if (program == null) {
      throw new IllegalStateException("no hsmd was given");
    }
    return program.toAbsolutePath().normalize();
  }

  static final class NodeIdConverter extends Parsed<PublicKey> {
    NodeIdConverter() {
      super(PublicKey::fromHex);
    }
  }
}
