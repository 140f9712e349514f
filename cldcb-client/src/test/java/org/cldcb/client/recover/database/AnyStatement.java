package org.cldcb.client.recover.database;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Statements of all sorts, well and badly formed, on three tables. Not thread-safe. */
final class AnyStatement {
  static final List<String> SCHEMA =
      List.of(
          "CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER, b TEXT, c BLOB, d REAL,"
              + " e NUMERIC, f, g INTEGER CHECK (typeof(g) <> 'blob'), u UNIQUE)",
          "CREATE TABLE o (a BIGINT REFERENCES t(id) ON DELETE CASCADE, b VARCHAR(10), c BLOB,"
              + " d DEFAULT 7)",
          "CREATE TABLE s (a TEXT COLLATE NOCASE, b INT, c, d, PRIMARY KEY (a, b)) WITHOUT ROWID",
          "CREATE INDEX whole ON t(a, b)",
          "CREATE INDEX some ON t(a) WHERE b NOT IN ('5', 9)",
          "CREATE INDEX few ON t(b) WHERE a = 3",
          "CREATE INDEX computed ON o(substr(b, 2))");

  private static final List<String> VALUES =
      List.of(
          "0",
          "1",
          "-1",
          "2",
          "3",
          "5",
          "9",
          "-5",
          "- 5",
          "+5",
          "12345678901",
          "00012",
          "9223372036854775807",
          "9223372036854775808",
          "-9223372036854775807",
          "-9223372036854775808",
          "NULL",
          "TRUE",
          "''",
          "'abc'",
          "'ABC'",
          "'5'",
          "'5.0'",
          "' 5'",
          "'1e3'",
          "'it''s'",
          "'ümlaut'",
          "'😀'",
          "'a;b'",
          "'a--b'",
          "'?'",
          "'NULL'",
          "x''",
          "x'00'",
          "X'abCD'",
          "x'35'",
          "(5)",
          "('5')");
  private static final List<String> NOT_PLAIN =
      List.of(
          "1.5", "1e3", ".5", "5.", "0x10", "1_000", "x'abc'", "x'zz'", "'open", "?", "5x", "a.b",
          "/* ", "\"5\"", "5 -- 6", "'a\0b'", "^");
  private static final List<String> COLUMNS = List.of("a", "b", "c", "d");
  private static final List<String> TABLES = List.of("t", "t", "o", "s");
  private static final List<String> ODD_TABLES = List.of("'t'", "\"t\"", "[t]", "T ", "main.t");
  private static final List<String> ENDS =
      List.of("", "", ";", " ; ", ";;", " -- end", "; DELETE FROM o");

  private final Random random;

  AnyStatement(long seed) {
    random = new Random(seed);
  }

  String next() {
    String statement =
        switch (random.nextInt(10)) {
          case 0, 1, 2 -> insert();
          case 3, 4, 5, 6 -> "UPDATE " + either("", "OR IGNORE ", "OR REPLACE ") + update();
          case 7, 8 -> "DELETE FROM " + table() + where();
          default -> "INSERT INTO o (a, b) SELECT id, " + value() + " FROM t" + where();
        };
    return statement + (random.nextInt(8) == 0 ? any(ENDS) : "");
  }

  private String insert() {
    String verb = either("INSERT", "INSERT OR IGNORE", "INSERT OR REPLACE", "REPLACE", "insert");
    String rows =
        IntStream.rangeClosed(0, random.nextInt(4) / 3)
            .mapToObj(
                i -> "(" + value() + ", " + value() + "," + value() + ", " + expression() + ")")
            .collect(Collectors.joining(", "));
    return verb + " INTO " + table() + " (a, b, c, d) VALUES " + rows;
  }

  private String update() {
    String table = table();
    String sets =
        IntStream.rangeClosed(0, random.nextInt(3))
            .mapToObj(i -> column(table) + either("=", " = ") + expression())
            .collect(Collectors.joining(", "));
    return table + " SET " + sets + where();
  }

  private String column(String table) {
    return table.equals("t") && random.nextInt(3) == 0 ? either("e", "f", "g", "u") : any(COLUMNS);
  }

  private String where() {
    return switch (random.nextInt(12)) {
      case 0 -> "";
      case 1 -> " WHERE " + condition() + " OR " + condition();
      case 2 -> " WHERE " + any(COLUMNS) + " IN (" + value() + ", " + value() + ")";
      case 3 -> " WHERE a > " + value() + " ORDER BY 1, 2 LIMIT 2";
      case 4 -> " WHERE (a, b) = (" + value() + ", " + value() + ")";
      case 5 -> " WHERE b LIKE " + value();
      default -> " WHERE " + condition() + " AND " + condition();
    };
  }

  private String condition() {
    return any(COLUMNS) + either("=", " = ", "<", " <= ", ">", " <> ", " IS ") + expression();
  }

  private String expression() {
    return switch (random.nextInt(16)) {
      case 0 -> any(COLUMNS) + " + " + value();
      case 1 -> any(COLUMNS) + " - " + value();
      case 2 -> "COALESCE(" + any(COLUMNS) + ", " + value() + ")";
      case 3 -> "substr(b, " + value() + ", " + value() + ")";
      case 4 -> value() + " || " + value();
      case 5 -> "(" + value() + " < " + value() + ")";
      case 6 -> "max(" + value() + ", " + value() + ")";
      case 7 -> "typeof(" + value() + ")";
      case 8 -> "CAST(" + value() + " AS VARCHAR(10))";
      case 9 -> "CASE WHEN a=" + value() + " THEN (" + value() + ") END";
      default -> value();
    };
  }

  private String table() {
    return random.nextInt(30) == 0 ? any(ODD_TABLES) : any(TABLES);
  }

  private String value() {
    return random.nextInt(40) == 0 ? any(NOT_PLAIN) : any(VALUES);
  }

  private String either(String... choices) {
    return any(List.of(choices));
  }

  private String any(List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
