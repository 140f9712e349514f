package org.cldcb.crypto;

import java.util.Arrays;

/** The forms in which Core Lightning keeps a secret, told apart as its common/hsm_secret.c does. */
enum HsmSecretForm {
  /** The secret itself, 32 bytes: every node's before v25.12. */
  PLAIN,
  /** The secret in XChaCha20-Poly1305 secretstream under Argon2id of a passphrase, 73 bytes. */
  ENCRYPTED,
  /** 32 zero bytes ‖ BIP39 words: a new node's since v25.12. */
  MNEMONIC,
  /** SHA-256 of the seed ‖ BIP39 words: the seed needs the passphrase besides the words. */
  MNEMONIC_WITH_PASSPHRASE;

  private static final int PLAIN_BYTES = 32;
  private static final int ENCRYPTED_BYTES = 73;
  private static final int SEED_HASH_BYTES = 32;
  private static final byte[] ZEROS = new byte[SEED_HASH_BYTES];

  /**
   * The form of this file.
   *
   * @throws HsmSecretException if it has none of them
   */
  static HsmSecretForm of(byte[] file) throws HsmSecretException {
    if (file.length < PLAIN_BYTES) {
      throw new HsmSecretException(
          HsmSecretException.Reason.MALFORMED,
          "not an hsm_secret: it has " + file.length + " bytes, and the shortest has 32");
    }
    return switch (file.length) {
      case PLAIN_BYTES -> PLAIN;
      case ENCRYPTED_BYTES -> ENCRYPTED;
      default -> ofMnemonic(file);
    };
  }

  /** The words of a file in one of the two mnemonic forms, the caller's to wipe. */
  static byte[] words(byte[] file) {
    return Arrays.copyOfRange(file, SEED_HASH_BYTES, file.length);
  }

  /** Core Lightning takes any other file for words; look at them before asking for a passphrase. */
  private static HsmSecretForm ofMnemonic(byte[] file) throws HsmSecretException {
    byte[] words = words(file);
    try {
      Mnemonic.requireWords(words);
    } finally {
      Secrets.wipe(words);
    }
    boolean unprotected = Arrays.equals(file, 0, SEED_HASH_BYTES, ZEROS, 0, SEED_HASH_BYTES);
    return unprotected ? MNEMONIC : MNEMONIC_WITH_PASSPHRASE;
  }
}
