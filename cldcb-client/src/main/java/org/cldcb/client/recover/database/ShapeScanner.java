package org.cldcb.client.recover.database;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.cldcb.client.recover.database.SqlTokens.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Takes the values out of statements, where it is certain that SQLite does the same with a
 * parameter as with the literal. What isn't certain has no shape, or keeps the literal in its text:
 *
 * <ul>
 *   <li>Only a literal behind one of {@code = , ( + <} goes out: there SQL has an expression, or a
 *       name, for which SQLite takes a string, but refuses a parameter.
 *   <li>{@link #CLAUSES} in which a literal is more than its value, as in {@code ORDER BY 1}, or in
 *       which it matters how SQLite goes about it.
 *   <li>Literals on which SQLite's choice of an index depends: 0, 1 and -1 (its {@code
 *       whereLoopOutputAdjust}), and those in the definition of an index (its {@code
 *       sqlite3ExprCompare}). So both forms visit the same rows in the same order.
 *   <li>Numbers that aren't plain integers, strings that are empty or have quotes in them, quoted
 *       names, parameters, comments, and what has something behind a semicolon.
 * </ul>
 *
 * <p>Not thread-safe.
 */
final class ShapeScanner {
  private static final String[] VERBS = {"UPDATE ", "INSERT ", "DELETE FROM ", "REPLACE "};
  private static final String[][] CLAUSES =
      byLetter(
          "CAST",
          "COLLATE",
          "CONFLICT",
          "FROM",
          "GLOB",
          "GROUP",
          "IN",
          "INDEXED",
          "LIKE",
          "LIMIT",
          "MATCH",
          "ORDER",
          "RAISE",
          "REGEXP",
          "RETURNING",
          "SELECT",
          "WITH");

  /** SQLite keeps what is bound, so that what waits for its next use mustn't be large. */
  private static final int MAX_CHARS = 1 << 16;

  private static final int MAX_VALUES = 1000;
  private static final int LETTERS = 32;

  private static final char[] PARAMETER = {'?'};

  private final SqlTokens tokens = new SqlTokens();
  private final ShapeText text = new ShapeText();
  private final List<Object> values = new ArrayList<>();
  private final Set<@Nullable Object> kept = new HashSet<>();
  private boolean keepsBlobs;

  /** All before this index is in the text. */
  private int copied;

  /** The operator just before the token, or a character that is none. */
  private char before;

  /** Where the last sign is that a number may begin with; negative if there is none. */
  private int sign;

  private ShapeScanner() {}

  /**
   * A scanner.
   *
   * @param indexes the definitions of all indexes that there are
   * @return null if one of them isn't plain enough to tell its literals
   */
  static @Nullable ShapeScanner of(List<String> indexes) {
    ShapeScanner scanner = new ShapeScanner();
    return indexes.stream().allMatch(scanner::keepLiterals) ? scanner : null;
  }

  /** Whether the statement is of the kind that may have a shape. */
  static boolean isOfInterest(String statement) {
    return verb(statement) > 0;
  }

  /**
   * Takes a statement apart.
   *
   * @return whether it has a shape: then {@link #text} and {@link #values} are it, until the next
   */
  boolean scan(String statement) {
    int verb = verb(statement);
    if (verb == 0 || statement.length() > MAX_CHARS) {
      return false;
    }
    tokens.start(statement, verb);
    text.clear();
    values.clear();
    copied = 0;
    before = ' ';
    sign = -1;
    int end = scan();
    if (end < 0 || values.size() > MAX_VALUES) {
      return false;
    }
    text.append(tokens.text(), copied, end);
    return true;
  }

  ShapeText text() {
    return text;
  }

  /** What stands for the parameters, in order: {@link Long}, {@link String} or {@code byte[]}. */
  List<Object> values() {
    return values;
  }

  /** Returns the index behind the statement's last token; negative if it has no shape. */
  private int scan() {
    while (true) {
      Kind kind = tokens.next();
      switch (kind) {
        case OPERATOR -> operator();
        case WORD -> {
          if (isClause()) {
            return -1;
          }
          before = ' ';
        }
        case INTEGER, STRING, BLOB -> {
          literal(kind);
          before = ' ';
        }
        case SEMICOLON -> {
          int end = tokens.start();
          return tokens.next() == Kind.END ? end : -1;
        }
        case END -> {
          return tokens.start();
        }
        default -> {
          return -1;
        }
      }
    }
  }

  private void operator() {
    char operator = tokens.firstCharacter();
    sign = operator == '-' && isBeforeValue() ? tokens.start() : -1;
    before = operator;
  }

  private boolean isBeforeValue() {
    return before == '=' || before == ',' || before == '(' || before == '+' || before == '<';
  }

  private void literal(Kind kind) {
    boolean isNegative = kind == Kind.INTEGER && sign == tokens.start() - 1;
    if (isNegative || isBeforeValue()) {
      Object value = value(kind);
      if (value != null && !isKept(value)) {
        cut(isNegative ? sign : tokens.start(), isNegative ? -(long) value : value);
      }
    }
  }

  private void cut(int from, Object value) {
    text.append(tokens.text(), copied, from);
    text.append(PARAMETER, 0, 1);
    copied = tokens.end();
    values.add(value);
  }

  private boolean isKept(Object value) {
    if (value instanceof byte[]) {
      return keepsBlobs;
    }
    return value instanceof Long number && number <= 1 || kept.contains(value);
  }

  private @Nullable Object value(Kind kind) {
    return switch (kind) {
      case INTEGER -> Literal.integer(tokens.text(), tokens.start(), tokens.end());
      case STRING -> Literal.string(tokens.text(), tokens.start(), tokens.end());
      default -> Literal.blob(tokens.text(), tokens.start(), tokens.end());
    };
  }

  private boolean keepLiterals(String index) {
    tokens.start(index, 0);
    Kind kind = tokens.next();
    while (kind != Kind.END && kind != Kind.OTHER) {
      if (kind.isLiteral()) {
        keepsBlobs |= kind == Kind.BLOB;
        kept.add(value(kind));
      }
      kind = tokens.next();
    }
    return kind == Kind.END;
  }

  private boolean isClause() {
    for (String clause : CLAUSES[tokens.firstCharacter() % LETTERS]) {
      if (tokens.is(clause)) {
        return true;
      }
    }
    return false;
  }

  /** Letters in capitals or not have the same remainder. */
  private static String[][] byLetter(String... words) {
    String[][] sorted = new String[LETTERS][];
    for (int letter = 0; letter < LETTERS; letter++) {
      int remainder = letter;
      sorted[letter] =
          List.of(words).stream()
              .filter(word -> word.charAt(0) % LETTERS == remainder)
              .toArray(String[]::new);
    }
    return sorted;
  }

  /** Length of the words that the statement begins with, 0 if it is another one. */
  private static int verb(String statement) {
    for (String verb : VERBS) {
      if (statement.regionMatches(true, 0, verb, 0, verb.length())) {
        return verb.length();
      }
    }
    return 0;
  }
}
