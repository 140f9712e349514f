package org.cldcb.e2e.backup;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The file in which the server keeps backups, from outside: changes it and changes it back. */
final class StoreFile {
  private static final List<String> TABLES =
      List.of("backup", "claim", "record", "record_segment", "base", "chunk", "chunk_first");

  private final String url;

  StoreFile(Path dataDir) {
    url = "jdbc:sqlite:" + dataDir.resolve("cldcb.sqlite3");
  }

  void save() throws SQLException {
    for (String table : TABLES) {
      execute("CREATE TABLE saved_" + table + " AS SELECT * FROM " + table);
    }
  }

  void restore() throws SQLException {
    for (String table : TABLES) {
      execute("DELETE FROM " + table, "INSERT INTO " + table + " SELECT * FROM saved_" + table);
    }
  }

  /** Runs the statements in one transaction. */
  void execute(String... sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 10000");
      connection.setAutoCommit(false);
      for (String each : sql) {
        statement.execute(each);
      }
      connection.commit();
    }
  }
}
