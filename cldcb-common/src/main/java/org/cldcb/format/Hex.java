package org.cldcb.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Lower-case hex digits. */
final class Hex {
  private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] VALUES = values();

  private Hex() {}

  static byte digit(int value) {
    return DIGITS[value & 0xf];
  }

  /** The value of a digit, or -1 if it is none. */
  static int value(char digit) {
    return digit < VALUES.length ? VALUES[digit] : -1;
  }

  private static byte[] values() {
    byte[] values = new byte[128];
    Arrays.fill(values, (byte) -1);
    for (int i = 0; i < DIGITS.length; i++) {
      values[DIGITS[i]] = (byte) i;
    }
    return values;
  }
}
