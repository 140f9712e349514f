package org.cldcb.crypto;

import java.util.Arrays;

/**
 * z-base-32 (Zooko O'Whielacronx, "human-oriented base-32 encoding"): five bits to a character,
 * most significant first, lower case, no padding. Strict: whatever decodes encodes to the same
 * text.
 */
public final class Zbase32 {

  private static final String ALPHABET = "ybndrfg8ejkmcpqxot1uwisza345h769";
  private static final byte[] VALUES = values();
  private static final int BITS = 5;

  private Zbase32() {}

  /** The text for {@code bytes}. */
  public static String encode(byte[] bytes) {
    StringBuilder text = new StringBuilder((int) ((bytes.length * 8L + BITS - 1) / BITS));
    int buffer = 0;
    int bits = 0;
    for (byte b : bytes) {
      buffer = buffer << 8 | (b & 0xff);
      for (bits += 8; bits >= BITS; bits -= BITS) {
        text.append(ALPHABET.charAt(buffer >>> (bits - BITS) & 0x1f));
      }
    }
    if (bits > 0) {
      text.append(ALPHABET.charAt(buffer << (BITS - bits) & 0x1f));
    }
    return text.toString();
  }

  /**
   * The bytes for {@code text}.
   *
   * @throws IllegalArgumentException if no bytes encode to exactly this text
   */
  public static byte[] decode(String text) {
    byte[] bytes = new byte[(int) ((long) text.length() * BITS / 8)];
    int buffer = 0;
    int bits = 0;
    int length = 0;
    for (int i = 0; i < text.length(); i++) {
      buffer = buffer << BITS | value(text.charAt(i));
      bits += BITS;
      if (bits >= 8) {
        bits -= 8;
        bytes[length++] = (byte) (buffer >>> bits);
      }
    }
    requireNothingLeft(buffer, bits);
    return bytes;
  }

  private static int value(char c) {
    int value = c < VALUES.length ? VALUES[c] : -1;
    if (value < 0) {
      throw new IllegalArgumentException("not z-base-32: it has a character outside the alphabet");
    }
    return value;
  }

  /**
   * Five spare bits would be a character too many; a 1 in fewer, a second text for the same bytes.
   */
  private static void requireNothingLeft(int buffer, int bits) {
    if (bits >= BITS || (buffer & (1 << bits) - 1) != 0) {
      throw new IllegalArgumentException("not z-base-32: it doesn't end where its bytes do");
    }
  }

  private static byte[] values() {
    byte[] values = new byte[128];
    Arrays.fill(values, (byte) -1);
    for (int i = 0; i < ALPHABET.length(); i++) {
      values[ALPHABET.charAt(i)] = (byte) i;
    }
    return values;
  }
}
