package org.cldcb.crypto;

import java.util.Arrays;
import org.cldcb.crypto.HsmSecretException.Reason;

/** The forms in which Core Lightning keeps a secret, told apart as its common/hsm_secret.c does. */
public enum HsmSecretForm {
  /** The secret itself, 32 bytes: every node's before v25.12. */
  PLAIN,
  /** The secret in XChaCha20-Poly1305 secretstream under Argon2id of a passphrase, 73 bytes. */
  ENCRYPTED,
  /** 32 zero bytes ‖ BIP39 words: a new node's since v25.12. */
  MNEMONIC,
  /** SHA-256 of the seed ‖ BIP39 words: the seed needs the passphrase besides the words. */
  MNEMONIC_WITH_PASSPHRASE;

  static final int SEED_HASH_BYTES = 32;

  private static final int PLAIN_BYTES = 32;
  private static final byte[] ZEROS = new byte[SEED_HASH_BYTES];

  /**
   * The form of this file; if it has words, they are BIP39's and their checksum fits.
   *
   * @throws HsmSecretException if it has none of them
   */
  static HsmSecretForm of(byte[] file) throws HsmSecretException {
    if (file.length < PLAIN_BYTES) {
      throw new HsmSecretException(
          Reason.MALFORMED,
          "not an hsm_secret: it has " + file.length + " bytes, and the shortest has 32");
    }
    return switch (file.length) {
      case PLAIN_BYTES -> PLAIN;
      case EncryptedSecret.BYTES -> ENCRYPTED;
      default -> ofMnemonic(file);
    };
  }

  /**
   * The words of a file in one of the two mnemonic forms, the caller's to wipe. They end with the
   * first zero byte, as a string of C does.
   */
  static byte[] words(byte[] file) {
    int end = SEED_HASH_BYTES;
    while (end < file.length && file[end] != 0) {
      end++;
    }
    return Arrays.copyOfRange(file, SEED_HASH_BYTES, end);
  }

  /** Whether it takes a passphrase to get at the node's key. */
  public boolean needsPassphrase() {
    return this == ENCRYPTED || this == MNEMONIC_WITH_PASSPHRASE;
  }

  /** Whether it is made of words. */
  public boolean hasWords() {
    return this == MNEMONIC || this == MNEMONIC_WITH_PASSPHRASE;
  }

  /** Core Lightning takes any other file for words; look at them before asking for a passphrase. */
  private static HsmSecretForm ofMnemonic(byte[] file) throws HsmSecretException {
    byte[] words = words(file);
    try {
      requireLetters(file, words);
      Mnemonic.requireValid(words);
    } finally {
      Secrets.wipe(words);
    }
    boolean unprotected = Arrays.equals(file, 0, SEED_HASH_BYTES, ZEROS, 0, SEED_HASH_BYTES);
    return unprotected ? MNEMONIC : MNEMONIC_WITH_PASSPHRASE;
  }

  /** What isn't words at all was never meant to be: then the length is what is wrong. */
  private static void requireLetters(byte[] file, byte[] words) throws HsmSecretException {
    boolean letters = words.length > 0;
    for (byte b : words) {
      letters &= b == ' ' || b >= 'a' && b <= 'z';
    }
    if (!letters) {
      throw new HsmSecretException(
          Reason.MALFORMED,
          "not an hsm_secret: it has "
              + file.length
              + " bytes, not 32 or 73, and what follows the first 32 isn't words");
    }
  }
}
