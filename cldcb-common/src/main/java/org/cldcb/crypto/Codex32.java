package org.cldcb.crypto;

import java.util.Arrays;
import org.cldcb.crypto.HsmSecretException.Reason;

/**
 * A whole secret as a codex32 string (BIP93), with the prefix and the size that Core Lightning's
 * {@code --recover} takes. What a string holds is never in a message.
 */
public final class Codex32 {

  /** Core Lightning's human-readable part. */
  public static final String PREFIX = "cl";

  private static final String ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
  private static final char SEPARATOR = '1';

  /** Threshold, identifier (4) and share index. */
  private static final int HEADER_CHARS = 6;

  /** From this many characters after the separator on it is a long one. */
  private static final int LONG_CHARS = 96;

  private static final int BITS_PER_CHAR = 5;
  private static final int MIN_BITS = 128;
  private static final int MAX_UNUSED_BITS = 4;

  private static final Checksum SHORT =
      new Checksum(
          new int[] {25, 27, 17, 8, 0, 25, 25, 25, 31, 27, 24, 16, 16},
          new int[] {16, 25, 24, 3, 25, 11, 16, 23, 29, 3, 25, 17, 10},
          74);
  private static final Checksum LONG =
      new Checksum(
          new int[] {15, 10, 25, 26, 9, 25, 21, 6, 23, 21, 6, 5, 22, 4, 23},
          new int[] {16, 25, 24, 3, 25, 11, 16, 23, 29, 3, 25, 17, 10, 25, 6},
          103);

  private Codex32() {}

  /**
   * Reads the secret of a node.
   *
   * @param text ASCII, all lower case or all upper case; the caller's to wipe
   * @return 32 bytes, the caller's to wipe
   * @throws HsmSecretException if it isn't one, with what is wrong with it
   */
  public static byte[] decode(byte[] text) throws HsmSecretException {
    byte[] secret = decode(text, PREFIX);
    if (secret.length != HsmSecret.SECRET_BYTES) {
      int length = secret.length;
      Secrets.wipe(secret);
      throw malformed("it holds " + length + " bytes, and a node's secret has 32");
    }
    return secret;
  }

  /** The same for any prefix and all of BIP93's sizes. */
  static byte[] decode(byte[] text, String prefix) throws HsmSecretException {
    byte[] lower = lowerCase(text);
    int[] data = new int[0];
    try {
      data = data(lower, prefix);
      Checksum checksum = data.length >= LONG_CHARS ? LONG : SHORT;
      checksum.require(prefix, data);
      requireSize(data.length - HEADER_CHARS - checksum.length(), checksum);
      requireSecret(data);
      return payload(data, checksum);
    } finally {
      Secrets.wipe(lower);
      Arrays.fill(data, 0);
    }
  }

  private static byte[] lowerCase(byte[] text) throws HsmSecretException {
    boolean lower = false;
    boolean upper = false;
    byte[] result = text.clone();
    for (int i = 0; i < text.length; i++) {
      lower |= text[i] >= 'a' && text[i] <= 'z';
      if (text[i] >= 'A' && text[i] <= 'Z') {
        upper = true;
        result[i] += 'a' - 'A';
      }
    }
    if (lower && upper) {
      Secrets.wipe(result);
      throw malformed("lower and upper case are mixed: all letters must have the same");
    }
    return result;
  }

  /** The values of the characters after the prefix and the separator. */
  private static int[] data(byte[] text, String prefix) throws HsmSecretException {
    int separator = 0;
    while (separator < text.length && text[separator] != SEPARATOR) {
      separator++;
    }
    if (!hasPrefix(text, separator, prefix)) {
      throw malformed("a node's begins with " + prefix + "1");
    }
    int[] data = new int[text.length - separator - 1];
    for (int i = 0; i < data.length; i++) {
      data[i] = ALPHABET.indexOf(text[separator + 1 + i]);
      if (data[i] < 0) {
        Arrays.fill(data, 0);
        throw malformed(
            "character " + (separator + 2 + i) + " isn't one of those that codex32 uses");
      }
    }
    return data;
  }

  private static boolean hasPrefix(byte[] text, int separator, String prefix) {
    boolean same = separator < text.length && separator == prefix.length();
    for (int i = 0; same && i < separator; i++) {
      same = text[i] == prefix.charAt(i);
    }
    return same;
  }

  private static void requireSize(int payloadChars, Checksum checksum) throws HsmSecretException {
    int bits = payloadChars * BITS_PER_CHAR;
    if (bits < MIN_BITS || payloadChars > checksum.maxPayloadChars || bits % 8 > MAX_UNUSED_BITS) {
      throw malformed("no secret has this length: characters are missing or too many");
    }
  }

  /** Index s is the secret itself, whether it was split besides or not. */
  private static void requireSecret(int[] data) throws HsmSecretException {
    char threshold = ALPHABET.charAt(data[0]);
    if (threshold < '0' || threshold > '9') {
      throw malformed("its threshold, the character after the 1, isn't a digit");
    }
    if (ALPHABET.charAt(data[HEADER_CHARS - 1]) != 's') {
      throw malformed(
          threshold == '0'
              ? "its threshold is 0, so the sixth character after the 1 must be s"
              : "this is one share of a secret that was split: put the secret together first");
    }
  }

  private static byte[] payload(int[] data, Checksum checksum) {
    int chars = data.length - HEADER_CHARS - checksum.length();
    byte[] payload = new byte[chars * BITS_PER_CHAR / 8];
    for (int bit = 0; bit < 8 * payload.length; bit++) {
      int value = data[HEADER_CHARS + bit / BITS_PER_CHAR];
      int one = value >> (BITS_PER_CHAR - 1 - bit % BITS_PER_CHAR) & 1;
      payload[bit / 8] |= (byte) (one << (7 - bit % 8));
    }
    return payload;
  }

  private static HsmSecretException malformed(String message) {
    return new HsmSecretException(Reason.MALFORMED, "not a codex32 secret: " + message);
  }

  /** A BCH code over GF(32). */
  private record Checksum(int[] generator, int[] target, int maxPayloadChars) {

    int length() {
      return target.length;
    }

    void require(String prefix, int[] data) throws HsmSecretException {
      int[] residue = new int[length()];
      residue[length() - 1] = 1;
      prefix.chars().forEach(c -> input(residue, c >> BITS_PER_CHAR));
      input(residue, 0);
      prefix.chars().forEach(c -> input(residue, c & 31));
      for (int value : data) {
        input(residue, value);
      }
      if (!Arrays.equals(residue, target)) {
        throw new HsmSecretException(
            Reason.WRONG_CHECKSUM,
            "the checksum of the codex32 string doesn't fit: a character is wrong or missing");
      }
    }

    private void input(int[] residue, int value) {
      int carry = residue[0];
      System.arraycopy(residue, 1, residue, 0, residue.length - 1);
      residue[residue.length - 1] = value;
      for (int i = 0; i < residue.length; i++) {
        residue[i] ^= times(generator[i], carry);
      }
    }

    /** In GF(32) modulo x^5 + x^3 + 1. */
    private static int times(int a, int b) {
      int product = 0;
      for (int bit = 0, shifted = a; bit < BITS_PER_CHAR; bit++) {
        product ^= (b >> bit & 1) * shifted;
        shifted <<= 1;
        shifted ^= (shifted >> BITS_PER_CHAR) * 0b101001;
      }
      return product;
    }
  }
}
