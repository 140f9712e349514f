package org.cldcb.format;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Packs SQL statements: the number of a shape that the format knows, or a skeleton, then the
 * literals (docs/FORMAT.md §5.2). Not thread-safe.
 */
final class SqlPacker {
  static final int END_OF_RECORD = 0;
  static final int SKELETON = 1;
  static final int FIRST_SHAPE = 2;

  /** Bytes that UTF-8 doesn't have. */
  static final int END_OF_TEXT = 0xfe;

  static final int LITERAL = 0xff;

  static final int KIND_SHIFT = 5;
  static final int MAX_SKIP = 31;

  private final LzWriter out;
  private final Dictionary dictionary;
  private final SqlScanner scanner = new SqlScanner();

  SqlPacker(Dictionary dictionary, LzWriter out) {
    this.out = out;
    this.dictionary = dictionary;
  }

  /**
   * Packs one statement.
   *
   * @throws IOException if it holds half a surrogate pair, which no UTF-8 can say, or if what is
   *     behind {@code out} fails
   */
  void statement(char[] text, int offset, int count) throws IOException {
    int end = offset + count;
    scanner.scan(text, offset, count);
    int number = dictionary.number(text, offset, end, scanner);
    if (number < 0) {
      out.put(SKELETON);
      skeleton(text, offset, end);
      literals(text, null);
    } else {
      varint(FIRST_SHAPE + number);
      literals(text, dictionary.shapes().get(number));
    }
  }

  void end() throws IOException {
    out.put(END_OF_RECORD);
    out.finish();
  }

  private void skeleton(char[] text, int offset, int end) throws IOException {
    int at = offset;
    for (int i = 0; i < scanner.count(); i++) {
      utf8(text, at, scanner.from(i));
      out.put(LITERAL);
      at = scanner.to(i);
    }
    utf8(text, at, end);
    out.put(END_OF_TEXT);
  }

  private void literals(char[] text, @Nullable Shape shape) throws IOException {
    int skipped = 0;
    for (int i = 0; i < scanner.count(); i++) {
      int from = scanner.from(i);
      int to = scanner.to(i);
      boolean usual =
          shape == null ? scanner.kind(i) == SqlScanner.NULL : shape.isUsual(i, text, from, to);
      if (usual) {
        skipped++;
        continue;
      }
      for (; skipped > MAX_SKIP; skipped -= MAX_SKIP) {
        out.put(MAX_SKIP);
      }
      out.put(scanner.kind(i) << KIND_SHIFT | skipped);
      skipped = 0;
      value(scanner.kind(i), text, from, to);
    }
    if (skipped > 0) {
      out.put(0);
    }
  }

  private void value(int kind, char[] text, int from, int to) throws IOException {
    switch (kind) {
      case SqlScanner.INTEGER -> varint(number(text, from, to));
      case SqlScanner.NEGATIVE -> varint(number(text, from + 1, to));
      case SqlScanner.BLOB -> blob(text, from + 2, to - 1);
      case SqlScanner.STRING -> string(text, from + 1, to - 1);
      case SqlScanner.NUMBER -> string(text, from, to);
      default -> {
        // NULL says it all
      }
    }
  }

  private static long number(char[] text, int from, int to) {
    long value = 0;
    for (int i = from; i < to; i++) {
      value = 10 * value + text[i] - '0';
    }
    return value;
  }

  private void blob(char[] text, int from, int to) throws IOException {
    varint((to - from) / 2);
    for (int i = from; i < to; i += 2) {
      out.put(Hex.value(text[i]) << 4 | Hex.value(text[i + 1]));
    }
  }

  private void string(char[] text, int from, int to) throws IOException {
    utf8(text, from, to);
    out.put(END_OF_TEXT);
  }

  private void utf8(char[] text, int from, int to) throws IOException {
    int at = from;
    while (at < to) {
      char c = text[at];
      if (c < 0x80) {
        out.put(c);
        at++;
      } else {
        at = character(text, at, to);
      }
    }
  }

  private int character(char[] text, int at, int end) throws IOException {
    char c = text[at];
    if (c < 0x800) {
      out.put(0xc0 | c >> 6);
      out.put(0x80 | c & 0x3f);
    } else if (!Character.isSurrogate(c)) {
      out.put(0xe0 | c >> 12);
      out.put(0x80 | c >> 6 & 0x3f);
      out.put(0x80 | c & 0x3f);
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
    out.put(0xf0 | point >> 18);
    out.put(0x80 | point >> 12 & 0x3f);
    out.put(0x80 | point >> 6 & 0x3f);
    out.put(0x80 | point & 0x3f);
    return at + 2;
  }

  private void varint(long value) throws IOException {
    long rest = value;
    while (rest > 0x7f) {
      out.put((int) (0x80 | rest & 0x7f));
      rest >>>= 7;
    }
    out.put((int) rest);
  }
}
