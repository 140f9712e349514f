package org.cldcb.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.Set;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.params.KeyParameter;
import org.cldcb.crypto.HsmSecretException.Reason;

/** BIP39 words, as ASCII bytes: never a String, because that couldn't be wiped. */
final class Mnemonic {

  static final int SEED_BYTES = 64;

  /** 27 and 30 aren't BIP39's, but libwally takes them, and so lightningd runs on them. */
  private static final Set<Integer> WORD_COUNTS = Set.of(12, 15, 18, 21, 24, 27, 30);

  /** One bit of checksum for 32 of entropy. */
  private static final int BITS_PER_CHECKSUM_BIT = 33;

  private static final byte[] SALT_PREFIX = "mnemonic".getBytes(US_ASCII);
  private static final int ITERATIONS = 2048;

  private Mnemonic() {}

  /**
   * The seed of {@code words}: PBKDF2-HMAC-SHA512. Any bytes give one.
   *
   * @param passphrase empty for none; not normalized, as Core Lightning doesn't either
   * @return 64 bytes, the caller's to wipe
   */
  static byte[] seed(byte[] words, byte[] passphrase) {
    byte[] salt = Arrays.copyOf(SALT_PREFIX, SALT_PREFIX.length + passphrase.length);
    System.arraycopy(passphrase, 0, salt, SALT_PREFIX.length, passphrase.length);
    PKCS5S2ParametersGenerator pbkdf2 = new PKCS5S2ParametersGenerator(new SHA512Digest());
    pbkdf2.init(words, salt, ITERATIONS);
    KeyParameter seed = (KeyParameter) pbkdf2.generateDerivedMacParameters(8 * SEED_BYTES);
    Secrets.wipe(salt);
    return seed.getKey();
  }

  /**
   * Refuses words that {@code lightningd} wouldn't run with either.
   *
   * @param words lower case, one space between two
   */
  static void requireValid(byte[] words) throws HsmSecretException {
    int count = count(words);
    if (!WORD_COUNTS.contains(count)) {
      throw new HsmSecretException(
          Reason.MALFORMED, "a secret has 12 or 24 words (or 15, 18, 21): here are " + count);
    }
    int[] indices = new int[count];
    try {
      look(words, indices);
      requireChecksum(indices);
    } finally {
      Arrays.fill(indices, 0);
    }
  }

  private static int count(byte[] words) throws HsmSecretException {
    int count = 0;
    byte before = ' ';
    for (byte b : words) {
      if (b == ' ' && before == ' ') {
        throw spaces();
      }
      count += before == ' ' ? 1 : 0;
      before = b;
    }
    if (before == ' ') {
      throw spaces();
    }
    return count;
  }

  private static HsmSecretException spaces() {
    return new HsmSecretException(
        Reason.MALFORMED, "there must be one space between two words, and no other");
  }

  private static void look(byte[] words, int[] indices) throws HsmSecretException {
    int start = 0;
    for (int i = 0; i < indices.length; i++) {
      int end = i == indices.length - 1 ? words.length : indexOf(' ', words, start);
      byte[] word = Arrays.copyOfRange(words, start, end);
      indices[i] = WordList.indexOf(word);
      Secrets.wipe(word);
      if (indices[i] < 0) {
        throw new HsmSecretException(
            Reason.UNKNOWN_WORD, "word " + (i + 1) + " isn't one of BIP39's 2048 English words");
      }
      start = end + 1;
    }
  }

  private static int indexOf(char c, byte[] words, int from) {
    int i = from;
    while (words[i] != c) {
      i++;
    }
    return i;
  }

  private static void requireChecksum(int[] indices) throws HsmSecretException {
    int bits = indices.length * WordList.BITS_PER_WORD;
    int checksumBits = bits / BITS_PER_CHECKSUM_BIT;
    int entropyBits = bits - checksumBits;
    byte[] entropy = new byte[entropyBits / 8];
    for (int bit = 0; bit < entropyBits; bit++) {
      entropy[bit / 8] |= (byte) (bit(indices, bit) << (7 - bit % 8));
    }
    byte[] hash = Digests.sha256(entropy);
    boolean fits = true;
    for (int bit = 0; bit < checksumBits; bit++) {
      fits &= bit(indices, entropyBits + bit) == (hash[bit / 8] >> (7 - bit % 8) & 1);
    }
    Secrets.wipe(entropy, hash);
    if (!fits) {
      throw new HsmSecretException(
          Reason.WRONG_CHECKSUM,
          "the checksum of the words doesn't fit: a word is wrong, or two are swapped");
    }
  }

  private static int bit(int[] indices, int bit) {
    int word = indices[bit / WordList.BITS_PER_WORD];
    return word >> (WordList.BITS_PER_WORD - 1 - bit % WordList.BITS_PER_WORD) & 1;
  }
}
