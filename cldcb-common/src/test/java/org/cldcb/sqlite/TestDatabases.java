package org.cldcb.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;

/** Database files as lightningd leaves them, and lightningd in the middle of a transaction. */
final class TestDatabases {
  private TestDatabases() {}

  /** A file at this version, with a row that says "committed". */
  static Path create(Path file, String journalMode, long version) throws SQLException {
    try (Connection connection = connect(file)) {
      run(
          connection,
          "PRAGMA journal_mode = " + journalMode,
          "CREATE TABLE vars (name VARCHAR(32) PRIMARY KEY, val VARCHAR(255), intval INTEGER)",
          "INSERT INTO vars (name, intval) VALUES ('data_version', " + version + ")",
          "CREATE TABLE t (a TEXT, b BLOB)",
          "INSERT INTO t VALUES ('committed', zeroblob(100000))");
    }
    return file;
  }

  static Connection connect(Path file) throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + file);
  }

  /**
   * A connection in a transaction that has raised the version and written 6 MB through a small
   * cache: pages that aren't committed stand in the file or in its log.
   */
  static Connection spilling(Path file, long newVersion) throws SQLException {
    Connection connection = connect(file);
    run(
        connection,
        "PRAGMA cache_size = 10",
        "BEGIN",
        "UPDATE vars SET intval = " + newVersion + " WHERE name = 'data_version'",
        "UPDATE t SET a = 'uncommitted', b = randomblob(100000)",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 600)"
            + " INSERT INTO t SELECT 'uncommitted', randomblob(10000) FROM n");
    return connection;
  }

  static void run(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  static String one(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      return row.getString(1);
    }
  }

  static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
