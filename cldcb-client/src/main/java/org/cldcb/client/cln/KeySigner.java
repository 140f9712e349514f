package org.cldcb.client.cln;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Objects;
import org.cldcb.client.cli.Messages;
import org.cldcb.crypto.HsmSecret;
import org.cldcb.crypto.HsmSecretException;
import org.cldcb.crypto.MessageSignature;
import org.cldcb.crypto.NodeKey;
import org.cldcb.crypto.Passphrase;
import org.cldcb.crypto.PublicKey;

/** Signs with the node's key itself, for when lightningd can't. */
public final class KeySigner implements NodeSigner {
  private final NodeKey key;

  private KeySigner(NodeKey key) {
    this.key = key;
  }

  /** With a key that it closes. */
  public static NodeSigner of(NodeKey key) {
    return new KeySigner(key);
  }

  /** With the key from {@code hsm_secret}. */
  static NodeSigner open(LightningDir dir, Passphrase passphrase) throws IOException {
    Path file = dir.hsmSecret().orElseThrow(() -> Messages.noHsmSecret(dir.networkFolder()));
    try {
      return new KeySigner(HsmSecret.open(file, passphrase));
    } catch (HsmSecretException e) {
      throw Messages.badHsmSecret(file, e);
    }
  }

  @Override
  public PublicKey nodeId() {
    return key.nodeId();
  }

  @Override
  public MessageSignature sign(String message) throws IOException {
    try {
      return key.sign(message);
    } catch (UncheckedIOException e) {
      throw Objects.requireNonNull(e.getCause());
    }
  }

  @Override
  public void close() {
    key.close();
  }
}
