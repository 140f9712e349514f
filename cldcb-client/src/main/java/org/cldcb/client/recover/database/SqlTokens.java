package org.cldcb.client.recover.database;

import java.util.Arrays;

/**
 * The tokens of a statement, as SQLite's tokenizer splits it ({@code tokenize.c}), for as long as
 * they are of the plain kinds. Not thread-safe.
 */
final class SqlTokens {
  private static final int ASCII = 128;
  private static final Kind[] KINDS = new Kind[ASCII];
  private static final boolean[] GOES_ON = new boolean[ASCII];

  static {
    Arrays.fill(KINDS, Kind.OTHER);
    kind(Kind.SPACE, " \t\n\f\r");
    kind(Kind.WORD, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_");
    kind(Kind.INTEGER, "0123456789");
    kind(Kind.STRING, "'");
    kind(Kind.OPERATOR, "=<>!+-*/%&|~(),");
    kind(Kind.SEMICOLON, ";");
    for (char character = 0; character < ASCII; character++) {
      Kind kind = KINDS[character];
      GOES_ON[character] = kind == Kind.WORD || kind == Kind.INTEGER || character == '$';
    }
  }

  private char[] text = new char[0];
  private int length;
  private int start;
  private int end;

  /** What a token is, or what the first character of one says. */
  enum Kind {
    /** Nothing but a character that begins no token, so never what {@link #next} gives. */
    SPACE,
    /** A keyword or a name, of ASCII and not quoted. */
    WORD,
    /** Decimal digits. */
    INTEGER,
    /** In single quotes. */
    STRING,
    /** A string with an X before it, whether what it holds are hexadecimal digits or not. */
    BLOB,
    /** One character of an operator, a parenthesis or a comma. */
    OPERATOR,
    SEMICOLON,
    /** There is nothing left. */
    END,
    /**
     * Anything else, comments and what is malformed among it: no token after it is to be trusted.
     */
    OTHER;

    boolean isLiteral() {
      return this == INTEGER || this == STRING || this == BLOB;
    }
  }

  /**
   * Begins with a statement.
   *
   * @param from where to begin in it
   */
  void start(String sql, int from) {
    length = sql.length();
    if (text.length < length) {
      text = new char[2 * length];
    }
    sql.getChars(0, length, text, 0);
    end = from;
  }

  /** Goes to the next token, and says what it is. */
  Kind next() {
    int at = end;
    while (at < length && kind(text[at]) == Kind.SPACE) {
      at++;
    }
    start = at;
    end = at + 1;
    if (at == length) {
      end = at;
      return Kind.END;
    }
    Kind kind = kind(text[at]);
    return switch (kind) {
      case WORD -> word();
      case INTEGER -> integer();
      case STRING -> string(Kind.STRING);
      case OPERATOR -> beginsComment() ? Kind.OTHER : kind;
      default -> kind;
    };
  }

  /** The statement; only up to {@link #end} is it that. */
  char[] text() {
    return text;
  }

  /** Index of the token's first character. */
  int start() {
    return start;
  }

  /** Index behind the token's last character. */
  int end() {
    return end;
  }

  char firstCharacter() {
    return text[start];
  }

  /** Whether the token is this word of capitals, in capitals or not. */
  boolean is(String word) {
    if (end - start != word.length()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if ((text[start + i] & ~' ') != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private Kind word() {
    int at = goOn(end);
    boolean isX = at - start == 1 && (text[start] | ' ') == 'x';
    boolean isBlob = isX && at < length && text[at] == '\'';
    end = isBlob ? at + 1 : at;
    return isBlob ? string(Kind.BLOB) : Kind.WORD;
  }

  private Kind integer() {
    int at = end;
    while (at < length && kind(text[at]) == Kind.INTEGER) {
      at++;
    }
    end = at;
    boolean isMore = goOn(at) > at || at < length && text[at] == '.';
    return isMore ? Kind.OTHER : Kind.INTEGER;
  }

  /** Goes behind the closing quote; two are one that is meant. */
  private Kind string(Kind kind) {
    int close = quote(end);
    while (close + 1 < length && text[close + 1] == '\'') {
      close = quote(close + 2);
    }
    end = Math.min(length, close + 1);
    return close < length ? kind : Kind.OTHER;
  }

  /** The next quote from there on, or the end. */
  private int quote(int from) {
    int at = from;
    while (at < length && text[at] != '\'') {
      at++;
    }
    return at;
  }

  private int goOn(int from) {
    int at = from;
    while (at < length && text[at] < ASCII && GOES_ON[text[at]]) {
      at++;
    }
    return at;
  }

  private boolean beginsComment() {
    char first = text[start];
    char second = end < length ? text[end] : ' ';
    return first == '-' && second == '-' || first == '/' && second == '*';
  }

  private static Kind kind(char character) {
    return character < ASCII ? KINDS[character] : Kind.OTHER;
  }

  private static void kind(Kind kind, String characters) {
    for (char character : characters.toCharArray()) {
      KINDS[character] = kind;
    }
  }
}
