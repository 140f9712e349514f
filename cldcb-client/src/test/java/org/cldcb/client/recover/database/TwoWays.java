package org.cldcb.client.recover.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Two databases that get the same statements: one as they are, one by their shapes. */
final class TwoWays implements AutoCloseable {
  private final Connection plain;
  private final Connection shaped;
  private PreparedShapes shapes;
  private int byShape;

  TwoWays(Path folder) throws SQLException {
    plain = open(folder.resolve("plain.sqlite3"));
    shaped = open(folder.resolve("shaped.sqlite3"));
    shapes = new PreparedShapes(shaped, 0);
  }

  private static Connection open(Path file) throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    run(connection, "PRAGMA foreign_keys = ON");
    run(connection, "PRAGMA synchronous = OFF");
    return connection;
  }

  /** How many of the statements had a shape. */
  int byShape() {
    return byShape;
  }

  /** Runs a statement on both, which must fail for the same reason if it fails. */
  void run(String sql) throws SQLException {
    String expected = failure(() -> run(plain, sql));
    String found = failure(() -> runShaped(sql));
    assertThat(found).as(sql).isEqualTo(expected);
    if (!found.isEmpty()) {
      shapes.forget();
      shapes = new PreparedShapes(shaped, 0);
    }
    assertThat(query(shaped, "SELECT changes()"))
        .as(sql)
        .isEqualTo(query(plain, "SELECT changes()"));
  }

  /** Begins or ends a transaction. */
  void setAutoCommit(boolean on) throws SQLException {
    plain.setAutoCommit(on);
    shaped.setAutoCommit(on);
  }

  /** Insists on the same content: row ids, types and values. */
  void requireSame() throws SQLException {
    assertThat(dump(shaped)).isEqualTo(dump(plain));
  }

  @Override
  public void close() throws SQLException {
    plain.close();
    shaped.close();
  }

  private void runShaped(String sql) throws SQLException {
    if (shapes.run(sql)) {
      byShape++;
    } else {
      run(shaped, sql);
    }
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  private interface Step {
    void run() throws SQLException;
  }

  private static String failure(Step step) {
    try {
      step.run();
      return "";
    } catch (SQLException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static List<String> dump(Connection connection) throws SQLException {
    List<String> dump = query(connection, "SELECT type || name || sql FROM sqlite_schema");
    for (String table : query(connection, "SELECT name FROM sqlite_schema WHERE type = 'table'")) {
      String columns = "SELECT name FROM pragma_table_info('" + table + "')";
      String row =
          String.join(
              " || ",
              query(
                  connection,
                  "SELECT 'typeof(\"' || name || '\") || quote(\"' || name || '\")' FROM ("
                      + columns
                      + ")"));
      boolean hasRowId =
          !query(connection, "SELECT 1 FROM pragma_table_list('" + table + "') WHERE wr = 0")
              .isEmpty();
      String id = hasRowId ? "rowid || ' ' || " : "";
      dump.addAll(query(connection, "SELECT " + id + row + " FROM \"" + table + "\""));
    }
    return dump;
  }

  private static List<String> query(Connection connection, String query) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        values.add(String.valueOf(rows.getString(1)));
      }
    }
    return values;
  }
}
