package org.cldcb.crypto;

import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;

/**
 * ChaCha20-Poly1305 (RFC 8439) under one key. A ciphertext is as long as its plaintext and {@link
 * #TAG_BYTES} more.
 *
 * <p>That no nonce serves two different plaintexts is the caller's duty: either count, or derive
 * the nonce from the plaintext. Sealing the same plaintext with the same nonce again is harmless
 * and gives the same bytes.
 *
 * <p>Not thread-safe.
 */
public final class Aead implements AutoCloseable {

  public static final int KEY_BYTES = 32;
  public static final int NONCE_BYTES = 12;
  public static final int TAG_BYTES = 16;

  private final WipeableKey key;
  private final CachedCipher sealer = new CachedCipher(Cipher.ENCRYPT_MODE);
  private final CachedCipher opener = new CachedCipher(Cipher.DECRYPT_MODE);

  /**
   * Copies the key.
   *
   * @throws IllegalArgumentException if it hasn't 32 bytes
   */
  public Aead(byte[] key) {
    requireLength("key", KEY_BYTES, key);
    this.key = new WipeableKey(key);
  }

  /**
   * Seals {@code length} bytes of {@code plaintext} from {@code offset} on.
   *
   * @param nonce 12 bytes
   * @param aad what is authenticated with it, but not contained in it
   * @return ciphertext ‖ tag
   */
  public byte[] seal(byte[] nonce, byte[] aad, byte[] plaintext, int offset, int length) {
    requireLength("nonce", NONCE_BYTES, nonce);
    try {
      return sealer.run(key, nonce, aad, plaintext, offset, length);
    } catch (GeneralSecurityException e) {
      throw refused(e);
    }
  }

  /** Seals all of {@code plaintext}. */
  public byte[] seal(byte[] nonce, byte[] aad, byte[] plaintext) {
    return seal(nonce, aad, plaintext, 0, plaintext.length);
  }

  /**
   * Opens {@code length} bytes of {@code ciphertext} (tag included) from {@code offset} on.
   *
   * @return the plaintext
   * @throws AuthenticationException unless they were sealed with this key, nonce and additional
   *     data
   */
  public byte[] open(byte[] nonce, byte[] aad, byte[] ciphertext, int offset, int length)
      throws AuthenticationException {
    requireLength("nonce", NONCE_BYTES, nonce);
    if (length < TAG_BYTES) {
      throw new AuthenticationException();
    }
    try {
      return opener.run(key, nonce, aad, ciphertext, offset, length);
    } catch (AEADBadTagException e) {
      throw new AuthenticationException();
    } catch (GeneralSecurityException e) {
      throw refused(e);
    }
  }

  /** Opens all of {@code ciphertext}. */
  public byte[] open(byte[] nonce, byte[] aad, byte[] ciphertext) throws AuthenticationException {
    return open(nonce, aad, ciphertext, 0, ciphertext.length);
  }

  /** Wipes the key; sealing and opening fail from then on with an IllegalStateException. */
  @Override
  public void close() {
    key.destroy();
  }

  private static void requireLength(String what, int wanted, byte[] bytes) {
    if (bytes.length != wanted) {
      throw new IllegalArgumentException(
          "the " + what + " has " + bytes.length + " bytes, not " + wanted);
    }
  }

  private static IllegalStateException refused(GeneralSecurityException cause) {
    return new IllegalStateException("the JDK's ChaCha20-Poly1305 failed", cause);
  }
}
