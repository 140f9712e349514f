package org.cldcb.crypto;

/** A node's key in this process. Owns the private key. */
public final class LocalNodeKey implements NodeKey {

  private final PrivateKey key;

  public LocalNodeKey(PrivateKey key) {
    this.key = key;
  }

  @Override
  public PublicKey nodeId() {
    return key.publicKey();
  }

  @Override
  public byte[] ecdh(PublicKey peer) {
    return key.ecdh(peer);
  }

  @Override
  public MessageSignature sign(String message) {
    return MessageSignature.sign(key, message);
  }

  @Override
  public void close() {
    key.close();
  }
}
