package org.cldcb.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Set;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.params.KeyParameter;

/** BIP39 words, as ASCII bytes: never a String, because that couldn't be wiped. */
final class Mnemonic {

  static final int SEED_BYTES = 64;

  /** 24 words of 8 letters. */
  private static final int MAX_BYTES = 24 * 8 + 23;

  private static final Set<Integer> WORD_COUNTS = Set.of(12, 15, 18, 21, 24);
  private static final byte[] SALT_PREFIX = "mnemonic".getBytes(US_ASCII);
  private static final int ITERATIONS = 2048;

  private Mnemonic() {}

  /**
   * The seed of {@code words} without passphrase: PBKDF2-HMAC-SHA512. Any bytes give one.
   *
   * @return 64 bytes, the caller's to wipe
   */
  static byte[] seed(byte[] words) {
    PKCS5S2ParametersGenerator pbkdf2 = new PKCS5S2ParametersGenerator(new SHA512Digest());
    pbkdf2.init(words, SALT_PREFIX, ITERATIONS);
    KeyParameter seed = (KeyParameter) pbkdf2.generateDerivedMacParameters(8 * SEED_BYTES);
    return seed.getKey();
  }

  /**
   * Refuses what doesn't have the shape of words: lower case, one space between two. Whether they
   * are BIP39's and their checksum fits isn't checked: {@code lightningd} wouldn't run otherwise.
   */
  static void requireWords(byte[] words) throws HsmSecretException {
    int count = 0;
    byte before = ' ';
    for (byte b : words) {
      boolean letter = b >= 'a' && b <= 'z';
      if (!letter && (b != ' ' || before == ' ')) {
        throw malformed();
      }
      count += letter && before == ' ' ? 1 : 0;
      before = b;
    }
    if (before == ' ' || words.length > MAX_BYTES || !WORD_COUNTS.contains(count)) {
      throw malformed();
    }
  }

  private static HsmSecretException malformed() {
    return new HsmSecretException(
        HsmSecretException.Reason.MALFORMED,
        "not an hsm_secret: words must follow its first 32 bytes, and nothing else");
  }
}
