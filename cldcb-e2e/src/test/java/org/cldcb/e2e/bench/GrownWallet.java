package org.cldcb.e2e.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Makes a recorded wallet large: the rows of its largest tables once more and again, with ids,
 * references and blobs of their own, so that pages look like those of a node that has lived long.
 */
final class GrownWallet {
  private static final int TABLES = 5;

  /** Far from what a node's own rows have. */
  private static final long STRIDE = 10_000_000;

  private final Path file;

  GrownWallet(Path file) {
    this.file = file;
  }

  /** Grows it to at least this size. */
  void grow(long bytes) throws IOException, SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA foreign_keys = OFF");
      statement.execute("PRAGMA synchronous = OFF");
      connection.setAutoCommit(false);
      List<String> inserts = new ArrayList<>();
      for (String table : largest(statement)) {
        statement.execute("CREATE TEMP TABLE seed_" + table + " AS SELECT * FROM " + table);
        inserts.add(insert(statement, table));
      }
      for (long round = 1; Files.size(file) < bytes; round++) {
        for (String insert : inserts) {
          statement.execute(insert.replace(":shift", Long.toString(round * STRIDE)));
        }
        connection.commit();
      }
    }
  }

  private static List<String> largest(Statement statement) throws SQLException {
    record Table(String name, long bytes) {}
    List<Table> tables = new ArrayList<>();
    for (String name :
        strings(
            statement, "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'vars'")) {
      String sizes =
          strings(statement, "SELECT name FROM pragma_table_info('" + name + "')").stream()
              .map(column -> "length(coalesce(\"" + column + "\", 0))")
              .collect(Collectors.joining("+"));
      String sum = strings(statement, "SELECT total(" + sizes + ") FROM \"" + name + "\"").get(0);
      tables.add(new Table(name, (long) Double.parseDouble(sum)));
    }
    return tables.stream()
        .sorted((a, b) -> Long.compare(b.bytes(), a.bytes()))
        .limit(TABLES)
        .map(Table::name)
        .toList();
  }

  /** Of all rows of the seed, shifted by so much. */
  private static String insert(Statement statement, String table) throws SQLException {
    List<String> columns = new ArrayList<>();
    List<String> values = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery("PRAGMA table_info(\"" + table + "\")")) {
      while (rows.next()) {
        String column = '"' + rows.getString("name") + '"';
        columns.add(column);
        values.add(
            "CASE typeof("
                + column
                + ") WHEN 'blob' THEN randomblob(length("
                + column
                + ")) WHEN 'integer' THEN "
                + (rows.getString("name").endsWith("id") ? column + " + :shift" : column)
                + " ELSE "
                + column
                + " END");
      }
    }
    return "INSERT OR IGNORE INTO \""
        + table
        + "\" ("
        + String.join(", ", columns)
        + ") SELECT "
        + String.join(", ", values)
        + " FROM seed_"
        + table;
  }

  private static List<String> strings(Statement statement, String query) throws SQLException {
    List<String> strings = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        strings.add(rows.getString(1));
      }
    }
    return strings;
  }
}
