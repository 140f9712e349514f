package org.cldcb.client.recover.database;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The values of literals, where they can be bound. */
final class Literal {
  /** Fit into a long that has no sign, whatever they are. */
  private static final int MAX_DIGITS = 19;

  private static final int ASCII = 128;
  private static final byte[] HEX = new byte[ASCII];

  static {
    Arrays.fill(HEX, (byte) -1);
    for (int digit = 0; digit < 16; digit++) {
      HEX[Character.forDigit(digit, 16)] = (byte) digit;
      HEX[Character.toUpperCase(Character.forDigit(digit, 16))] = (byte) digit;
    }
  }

  private Literal() {}

  /** Of decimal digits; null if SQLite takes it for a floating point number. */
  static @Nullable Long integer(char[] sql, int start, int end) {
    if (end - start > MAX_DIGITS) {
      return null;
    }
    long value = 0;
    for (int at = start; at < end; at++) {
      value = 10 * value + sql[at] - '0';
    }
    return value < 0 ? null : Long.valueOf(value);
  }

  /** Of a string with its quotes; null if it is empty, or the text in them isn't its value. */
  static @Nullable String string(char[] sql, int start, int end) {
    for (int at = start + 1; at < end - 1; at++) {
      if (sql[at] == '\'' || sql[at] == '\0') {
        return null;
      }
    }
    return end - start == 2 ? null : String.valueOf(sql, start + 1, end - start - 2);
  }

  /** Of a blob with its X and quotes; null if it is empty or none. */
  static byte @Nullable [] blob(char[] sql, int start, int end) {
    int digits = end - start - 3;
    if (digits <= 0 || digits % 2 != 0) {
      return null;
    }
    byte[] value = new byte[digits / 2];
    int at = start + 2;
    for (int i = 0; i < value.length; i++, at += 2) {
      int octet = hex(sql[at]) << 4 | hex(sql[at + 1]);
      if (octet < 0) {
        return null;
      }
      value[i] = (byte) octet;
    }
    return value;
  }

  private static int hex(char character) {
    return character < ASCII ? HEX[character] : -1;
  }
}
