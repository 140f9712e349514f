package org.cldcb.format;

import java.util.Arrays;

/**
 * Cuts a statement into literals and the skeleton around them: docs/FORMAT.md §5.2. SQL isn't
 * parsed; whatever is taken for a literal, both together say exactly what the statement was. Not
 * thread-safe.
 */
final class SqlScanner {
  static final int NULL = 1;
  static final int INTEGER = 2;
  static final int NEGATIVE = 3;
  static final int BLOB = 4;
  static final int STRING = 5;
  static final int NUMBER = 6;

  /** Literals of a statement at most; what follows is all skeleton. */
  static final int MAX_LITERALS = 1024;

  private static final int MAX_DIGITS = 19;
  private static final byte OTHER = 0;
  private static final byte WORD = 1;
  private static final byte FIRST = 2;
  private static final byte QUOTE = 4;
  private static final byte[] TYPES = types();

  private char[] text = new char[0];
  private int end;
  private int[] from = new int[64];
  private int[] to = new int[64];
  private int[] kinds = new int[64];
  private int count;
  private int hash;
  private int kind;

  /** Takes a statement; the array is looked at until the next one. */
  void scan(char[] statement, int offset, int length) {
    text = statement;
    end = offset + length;
    count = 0;
    int sum = 0;
    int before = OTHER;
    int at = offset;
    while (at < end) {
      char c = text[at];
      int type = c < TYPES.length ? TYPES[c] : OTHER;
      if (type >= FIRST && ((before & WORD) == 0 || type == QUOTE) && count < MAX_LITERALS) {
        int behind = literal(at);
        if (behind > at) {
          add(at, behind);
          sum = 31 * sum + 1;
          before = OTHER;
          at = behind;
          continue;
        }
      }
      sum = 31 * sum + c;
      before = type;
      at++;
    }
    hash = sum;
  }

  /** Of the skeleton. */
  int hash() {
    return hash;
  }

  int count() {
    return count;
  }

  int kind(int literal) {
    return kinds[literal];
  }

  int from(int literal) {
    return from[literal];
  }

  int to(int literal) {
    return to[literal];
  }

  /** What lies behind the literal that begins here, or {@code at} if none does. */
  private int literal(int at) {
    return switch (text[at]) {
      case '\'' -> string(at);
      case 'x' -> blob(at);
      case 'N' -> nothing(at);
      default -> number(at);
    };
  }

  private int string(int at) {
    for (int i = at + 1; i < end; i++) {
      if (text[i] == '\'') {
        kind = STRING;
        return i + 1;
      }
    }
    return at;
  }

  private int blob(int at) {
    if (at + 1 == end || text[at + 1] != '\'') {
      return at;
    }
    int i = at + 2;
    while (i < end && Hex.value(text[i]) >= 0) {
      i++;
    }
    if (i == end || text[i] != '\'' || (i - at) % 2 != 0) {
      return at;
    }
    kind = BLOB;
    return i + 1;
  }

  private int nothing(int at) {
    boolean is =
        end - at >= 4
            && text[at + 1] == 'U'
            && text[at + 2] == 'L'
            && text[at + 3] == 'L'
            && !isWord(at + 4);
    kind = NULL;
    return is ? at + 4 : at;
  }

  private int number(int at) {
    int digits = text[at] == '-' ? at + 1 : at;
    if (digits == end || text[digits] < '0' || text[digits] > '9') {
      return at;
    }
    int i = digits;
    long value = 0;
    boolean decimal = true;
    for (; isWord(i) || i < end && text[i] == '.'; i++) {
      decimal &= text[i] <= '9' && text[i] != '.';
      value = 10 * value + text[i] - '0';
    }
    int length = i - digits;
    boolean canonical = length == 1 ? digits == at || value > 0 : text[digits] != '0';
    boolean fits = length < MAX_DIGITS || length == MAX_DIGITS && value >= 0;
    kind = !decimal || !canonical || !fits ? NUMBER : digits == at ? INTEGER : NEGATIVE;
    return i;
  }

  private boolean isWord(int at) {
    return at < end && text[at] < TYPES.length && (TYPES[text[at]] & WORD) != 0;
  }

  private void add(int begin, int behind) {
    if (count == from.length) {
      from = Arrays.copyOf(from, 2 * count);
      to = Arrays.copyOf(to, 2 * count);
      kinds = Arrays.copyOf(kinds, 2 * count);
    }
    from[count] = begin;
    to[count] = behind;
    kinds[count++] = kind;
  }

  private static byte[] types() {
    byte[] types = new byte[128];
    for (char c = 0; c < types.length; c++) {
      boolean digit = c >= '0' && c <= '9';
      if (digit || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_') {
        types[c] = WORD;
      }
      if (digit || c == 'x' || c == 'N' || c == '-') {
        types[c] |= FIRST;
      }
    }
    types['\''] = QUOTE;
    return types;
  }
}
