package org.cldcb.e2e.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

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

  /**
   * The public keys in the headers of all that a recovery reads now, once each: of every run the
   * ephemeral one, and the delegates. In hexadecimal.
   */
  Set<String> sealingKeys() throws SQLException {
    Set<String> keys = new TreeSet<>();
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "WITH RECURSIVE layer (id) AS (SELECT base FROM backup UNION ALL SELECT parent FROM"
                    + " layer JOIN base ON base.id = layer.id WHERE parent IS NOT NULL), firsts AS"
                    + " (SELECT first FROM layer JOIN base ON base.id = layer.id UNION ALL SELECT"
                    + " chunk_first.first FROM layer JOIN base_chunk ON base_chunk.base = layer.id"
                    + " JOIN chunk ON chunk.chunk_id = base_chunk.chunk_id JOIN chunk_first ON"
                    + " chunk_first.id = chunk.id UNION ALL"
                    + " SELECT record.first FROM backup JOIN base ON base.id = backup.base JOIN"
                    + " record ON record.id > (backup.chain << 40) + base.seq AND record.id <="
                    + " (backup.chain << 40) + backup.seq) SELECT hex(substr(first, 2, 33)),"
                    + " hex(substr(first, 35, 33)) FROM firsts")) {
      while (rows.next()) {
        keys.add(rows.getString(1).toLowerCase(Locale.ROOT));
        keys.add(rows.getString(2).toLowerCase(Locale.ROOT));
      }
    }
    return keys;
  }

  /** Brings all that the write-ahead log has into the file, and cuts the log to nothing. */
  void emptyLog() throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
      assertThat(result.getInt("busy")).isZero();
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
