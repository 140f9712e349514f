package org.cldcb.client.recover;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.cldcb.cli.Failure;
import org.cldcb.client.cli.Messages;
import org.cldcb.client.cli.Terminal;
import org.cldcb.client.cln.LightningNode;
import org.cldcb.client.secret.PassphraseOptions;
import org.cldcb.client.secret.SecretEntry;
import org.cldcb.crypto.HsmSecret;
import org.cldcb.crypto.HsmSecretException;
import org.cldcb.crypto.NodeKey;
import org.cldcb.crypto.PublicKey;
import org.cldcb.crypto.Secrets;

/** The secret of a node that comes back: from its file, or else from paper. */
final class NodeSecret {
  private final LightningNode node;
  private final Terminal terminal;
  private final PassphraseOptions passphrase;

  NodeSecret(LightningNode node, Terminal terminal, PassphraseOptions passphrase) {
    this.node = node;
    this.terminal = terminal;
    this.passphrase = passphrase;
  }

  /** Where the hsm_secret is, or is to be. */
  Path file() {
    return node.dir().hsmSecret().orElse(node.dir().hsmSecretPlace());
  }

  /**
   * Opens it.
   *
   * @param write whether a secret that was typed in becomes the node's hsm_secret
   * @param check takes the node id, before anything is written; fails if it is the wrong one
   */
  NodeKey open(boolean write, Consumer<PublicKey> check) throws IOException {
    if (node.dir().hsmSecret().isEmpty()) {
      return type(write, check);
    }
    return checked(openFile(), check);
  }

  private static NodeKey checked(NodeKey key, Consumer<PublicKey> check) {
    try {
      check.accept(key.nodeId());
      return key;
    } catch (Failure e) {
      key.close();
      throw e;
    }
  }

  private NodeKey openFile() throws IOException {
    try {
      return HsmSecret.open(file(), passphrase.from(terminal));
    } catch (HsmSecretException e) {
      throw Messages.badHsmSecret(file(), e);
    }
  }

  private NodeKey type(boolean write, Consumer<PublicKey> check) throws IOException {
    if (!terminal.asks()) {
      throw RecoverMessages.noHsmSecret(node.dir());
    }
    if (write) {
      // Better now than after 64 digits.
      NodeRecovery.requireReadiness(node);
    }
    SecretEntry entry = new SecretEntry(terminal, passphrase);
    try (HsmSecret secret = entry.take(RecoverMessages.missing(node.dir()))) {
      String question = write ? RecoverMessages.askWrite(file()) : RecoverMessages.ASK_NODE;
      NodeKey key = checked(secret.nodeKey(), check.andThen(nodeId -> terminal.confirm(question)));
      if (write) {
        write(secret);
      }
      return key;
    }
  }

  private void write(HsmSecret secret) throws IOException {
    byte[] content = secret.file();
    try (NodeFolder folder = NodeFolder.of(node.dir())) {
      folder.putSecret(content);
    } finally {
      Secrets.wipe(content);
    }
    terminal.note(RecoverMessages.secretWritten(file()));
  }
}
