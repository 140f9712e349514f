package org.cldcb.transport;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.cldcb.crypto.Aead;
import org.cldcb.crypto.AuthenticationException;

/** One key and its nonce, which counts up from 0: Noise's CipherState. Not thread-safe. */
final class NoiseCipher implements AutoCloseable {

  private final Aead aead;
  private long nonce;

  NoiseCipher(byte[] key) {
    this.aead = new Aead(key);
  }

  /** BOLT 8's encryptWithAD. */
  byte[] seal(byte[] ad, byte[] plaintext) {
    return aead.seal(encode(nonce++), ad, plaintext);
  }

  /** BOLT 8's decryptWithAD. What doesn't authenticate uses no nonce up. */
  byte[] open(byte[] ad, byte[] ciphertext) throws AuthenticationException {
    byte[] plaintext = aead.open(encode(nonce), ad, ciphertext);
    nonce++;
    return plaintext;
  }

  /** How many times the key has been used. */
  long uses() {
    return nonce;
  }

  @Override
  public void close() {
    aead.close();
  }

  /** 32 zero bits, then 64 bits little-endian: Noise's way, not Lightning's usual one. */
  private static byte[] encode(long nonce) {
    ByteBuffer encoded = ByteBuffer.allocate(Aead.NONCE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    return encoded.putInt(0).putLong(nonce).array();
  }
}
