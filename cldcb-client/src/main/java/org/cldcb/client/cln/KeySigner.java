package org.cldcb.client.cln;

import java.io.IOException;
import java.nio.file.Path;
import org.cldcb.client.cli.Messages;
import org.cldcb.crypto.HsmSecret;
import org.cldcb.crypto.HsmSecretException;
import org.cldcb.crypto.MessageSignature;
import org.cldcb.crypto.NodeKey;
import org.cldcb.crypto.Passphrase;
import org.cldcb.crypto.PublicKey;

/** Signs with the key from {@code hsm_secret}, for when lightningd can't. */
final class KeySigner implements NodeSigner {
  private final NodeKey key;

  private KeySigner(NodeKey key) {
    this.key = key;
  }

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
  public MessageSignature sign(String message) {
    return key.sign(message);
  }

  @Override
  public void close() {
    key.close();
  }
}
