package org.cldcb.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * A statement that CLN writes often, as the format knows it: what stands around its literals, and
 * what they mostly are (docs/FORMAT.md §5.3). Immutable.
 */
final class Shape {
  private final char[][] pieces;
  private final char[][] usual;
  private final int hash;

  /** The shape of a statement, whose literals become the usual ones. */
  Shape(String statement) {
    char[] text = statement.toCharArray();
    SqlScanner scanner = new SqlScanner();
    scanner.scan(text, 0, text.length);
    hash = scanner.hash();
    int count = scanner.count();
    pieces = new char[count + 1][];
    usual = new char[count][];
    int at = 0;
    for (int i = 0; i < count; i++) {
      pieces[i] = Arrays.copyOfRange(text, at, scanner.from(i));
      usual[i] = Arrays.copyOfRange(text, scanner.from(i), scanner.to(i));
      at = scanner.to(i);
    }
    pieces[count] = Arrays.copyOfRange(text, at, text.length);
  }

  /** Of the skeleton, as {@link SqlScanner} computes it. */
  int hash() {
    return hash;
  }

  /** What a reader needs of it. */
  Skeleton skeleton() {
    return new Skeleton(utf8(pieces), utf8(usual));
  }

  /** Whether the statement that was scanned has this skeleton. */
  boolean fits(char[] text, int offset, int end, SqlScanner scanned) {
    if (scanned.count() != usual.length) {
      return false;
    }
    int at = offset;
    for (int i = 0; i < usual.length; i++) {
      if (!same(pieces[i], text, at, scanned.from(i))) {
        return false;
      }
      at = scanned.to(i);
    }
    return same(pieces[usual.length], text, at, end);
  }

  /** Whether a literal is the usual one. */
  boolean isUsual(int literal, char[] text, int from, int to) {
    return same(usual[literal], text, from, to);
  }

  private static boolean same(char[] expected, char[] text, int from, int to) {
    if (to - from != expected.length) {
      return false;
    }
    for (int i = 0; i < expected.length; i++) {
      if (text[from + i] != expected[i]) {
        return false;
      }
    }
    return true;
  }

  private static List<byte[]> utf8(char[][] texts) {
    return Arrays.stream(texts)
        .map(text -> new String(text).getBytes(StandardCharsets.UTF_8))
        .toList();
  }
}
