package org.cldcb.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.cldcb.crypto.HsmSecretException.Reason;

/** A secret under a passphrase, as Core Lightning's common/hsm_secret.c decrypts it. */
final class EncryptedSecret {

  static final int BYTES = SecretStream.HEADER_BYTES + 32 + SecretStream.EXTRA_BYTES;

  /** libsodium's MODERATE. */
  private static final int MEMORY_KIB = 256 * 1024;

  private static final int PASSES = 3;
  private static final byte[] SALT = Arrays.copyOf("c-lightning".getBytes(US_ASCII), 16);
  private static final int KEY_BYTES = 32;

  private EncryptedSecret() {}

  /**
   * Decrypts a file. Takes a second and 290 MB of heap.
   *
   * @param file 73 bytes
   * @return 32 bytes, the caller's to wipe
   * @throws HsmSecretException if the passphrase is wrong, which a damaged file looks like too
   */
  static byte[] decrypt(byte[] file, byte[] passphrase) throws HsmSecretException {
    byte[] key = new byte[KEY_BYTES];
    try {
      Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
      argon2.init(
          new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
              .withVersion(Argon2Parameters.ARGON2_VERSION_13)
              .withMemoryAsKB(MEMORY_KIB)
              .withIterations(PASSES)
              .withParallelism(1)
              .withSalt(SALT)
              .build());
      argon2.generateBytes(passphrase, key);
      return SecretStream.open(key, file);
    } catch (AuthenticationException e) {
      throw wrongPassphrase();
    } finally {
      Secrets.wipe(key);
    }
  }

  static HsmSecretException wrongPassphrase() {
    return new HsmSecretException(Reason.WRONG_PASSPHRASE, "the passphrase is wrong");
  }
}
