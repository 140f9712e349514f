package org.cldcb.format;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * Packs SQL statements: UTF-8, with blob literals as raw bytes (docs/FORMAT.md §5.2). No SQL is
 * parsed; what looks like a blob literal inside a string is packed as well, and comes back the
 * same. Not thread-safe.
 */
final class SqlPacker {
  static final int END_OF_RECORD = 0xfc;
  static final int END_OF_STATEMENT = 0xfd;
  static final int UPPER_BLOB = 0xfe;
  static final int LOWER_BLOB = 0xff;

  private static final byte[] LOWER = digits("0123456789abcdef");
  private static final byte[] UPPER = digits("0123456789ABCDEF");
  private static final int FLUSH_AT = 8192;

  private final OutputStream out;
  private byte[] buffer = new byte[FLUSH_AT * 2];
  private int length;

  SqlPacker(OutputStream out) {
    this.out = out;
  }

  /**
   * Packs one statement.
   *
   * @throws IOException if it holds half a surrogate pair, which no UTF-8 can say, or if {@code
   *     out} fails
   */
  void statement(char[] text, int offset, int count) throws IOException {
    int end = offset + count;
    int at = offset;
    while (at < end) {
      int next = blob(text, at, end);
      at = next > at ? next : character(text, at, end);
      flushIfFull();
    }
    put(END_OF_STATEMENT);
  }

  void end() throws IOException {
    put(END_OF_RECORD);
    out.write(buffer, 0, length);
    length = 0;
  }

  /** Packs the blob literal at {@code at}, if there is one, and returns what follows it. */
  private int blob(char[] text, int at, int end) throws IOException {
    char prefix = text[at];
    if ((prefix != 'x' && prefix != 'X') || at + 1 >= end || text[at + 1] != '\'') {
      return at;
    }
    byte[] values = prefix == 'x' ? LOWER : UPPER;
    int from = at + 2;
    int to = from;
    while (to < end && value(values, text[to]) >= 0) {
      to++;
    }
    int digits = to - from;
    if (to == end || text[to] != '\'' || digits == 0 || digits % 2 != 0) {
      return at;
    }
    put(prefix == 'x' ? LOWER_BLOB : UPPER_BLOB);
    varint(digits / 2);
    for (int i = from; i < to; i += 2) {
      put(values[text[i]] << 4 | values[text[i + 1]]);
      flushIfFull();
    }
    return to + 1;
  }

  private int character(char[] text, int at, int end) throws IOException {
    char c = text[at];
    if (c < 0x80) {
      put(c);
    } else if (c < 0x800) {
      put(0xc0 | c >> 6);
      put(0x80 | c & 0x3f);
    } else if (!Character.isSurrogate(c)) {
      put(0xe0 | c >> 12);
      put(0x80 | c >> 6 & 0x3f);
      put(0x80 | c & 0x3f);
    } else {
      return surrogates(text, at, end);
    }
    return at + 1;
  }

  private int surrogates(char[] text, int at, int end) throws IOException {
    if (at + 1 == end || !Character.isSurrogatePair(text[at], text[at + 1])) {
      throw new IOException("a statement holds text that is not Unicode");
    }
    int point = Character.toCodePoint(text[at], text[at + 1]);
    put(0xf0 | point >> 18);
    put(0x80 | point >> 12 & 0x3f);
    put(0x80 | point >> 6 & 0x3f);
    put(0x80 | point & 0x3f);
    return at + 2;
  }

  private void varint(int value) {
    int rest = value;
    while (rest > 0x7f) {
      put(0x80 | rest & 0x7f);
      rest >>>= 7;
    }
    put(rest);
  }

  private void put(int value) {
    if (length == buffer.length) {
      buffer = Arrays.copyOf(buffer, length * 2);
    }
    buffer[length++] = (byte) value;
  }

  private void flushIfFull() throws IOException {
    if (length >= FLUSH_AT) {
      out.write(buffer, 0, length);
      length = 0;
    }
  }

  private static int value(byte[] values, char digit) {
    return digit < values.length ? values[digit] : -1;
  }

  private static byte[] digits(String digits) {
    byte[] values = new byte[128];
    Arrays.fill(values, (byte) -1);
    for (int i = 0; i < digits.length(); i++) {
      values[digits.charAt(i)] = (byte) i;
    }
    return values;
  }
}
