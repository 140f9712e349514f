package org.cldcb.crypto;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.IvParameterSpec;

/**
 * The JCE's ChaCha20-Poly1305 in one mode and for one key, kept because to make one costs more than
 * to seal a small record.
 */
final class CachedCipher {

  private final int mode;
  private Cipher cipher = Jce.chaCha20Poly1305();
  private byte[] lastNonce = new byte[0];

  /** For {@link Cipher#ENCRYPT_MODE} or {@link Cipher#DECRYPT_MODE}. */
  CachedCipher(int mode) {
    this.mode = mode;
  }

  byte[] run(SecretKey key, byte[] nonce, byte[] aad, byte[] input, int offset, int length)
      throws GeneralSecurityException {
    forgetRepeatedNonce(nonce);
    cipher.init(mode, key, new IvParameterSpec(nonce));
    lastNonce = nonce.clone();
    cipher.updateAAD(aad);
    return cipher.doFinal(input, offset, length);
  }

  /**
   * To catch misuse, the JCE refuses one nonce twice in a row, even for decrypting, where a
   * replayed or damaged message brings it about. A fresh cipher knows nothing of the last one.
   */
  private void forgetRepeatedNonce(byte[] nonce) {
    if (Arrays.equals(nonce, lastNonce)) {
      cipher = Jce.chaCha20Poly1305();
    }
  }
}
