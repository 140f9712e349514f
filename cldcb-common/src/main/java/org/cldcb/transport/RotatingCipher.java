package org.cldcb.transport;

import org.cldcb.crypto.AuthenticationException;
import org.cldcb.crypto.Secrets;

/**
 * One direction of a channel: a cipher that replaces its key after every 1000 uses, so that a
 * stolen key opens nothing older. Not thread-safe.
 */
final class RotatingCipher implements AutoCloseable {

  private static final int USES_PER_KEY = 1000;
  private static final byte[] NO_AD = {};

  private final ChainingKey chainingKey;
  private byte[] key;
  private NoiseCipher cipher;

  /** Copies both keys, of 32 bytes each. */
  RotatingCipher(byte[] chainingKey, byte[] key) {
    this.chainingKey = new ChainingKey(chainingKey);
    this.key = key.clone();
    this.cipher = new NoiseCipher(key);
  }

  byte[] seal(byte[] plaintext) {
    byte[] ciphertext = cipher.seal(NO_AD, plaintext);
    rotateIfDue();
    return ciphertext;
  }

  byte[] open(byte[] ciphertext) throws AuthenticationException {
    byte[] plaintext = cipher.open(NO_AD, ciphertext);
    rotateIfDue();
    return plaintext;
  }

  @Override
  public void close() {
    Secrets.wipe(key);
    chainingKey.close();
    cipher.close();
  }

  private void rotateIfDue() {
    if (cipher.uses() < USES_PER_KEY) {
      return;
    }
    byte[] next = chainingKey.mix(key);
    Secrets.wipe(key);
    cipher.close();
    key = next;
    cipher = new NoiseCipher(next);
  }
}
