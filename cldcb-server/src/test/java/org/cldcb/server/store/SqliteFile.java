package org.cldcb.server.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/** The store's file behind its back. */
final class SqliteFile implements AutoCloseable {
  private final Connection connection;

  SqliteFile(Path dir) {
    try {
      connection = DriverManager.getConnection("jdbc:sqlite:" + in(dir));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  static Path in(Path dir) {
    return dir.resolve("cldcb.sqlite3");
  }

  /** Opens the store that is there, or else a new one. */
  static SqliteStore open(StoreSettings settings) {
    if (Files.notExists(in(settings.dataDir()))) {
      SqliteStore.create(settings.dataDir(), Map.of()).close();
    }
    return SqliteStore.open(settings);
  }

  int execute(String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
      return Math.max(0, statement.getUpdateCount());
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  long number(String sql) {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Flips a bit in the middle of the one blob that {@code SELECT column FROM tail} finds. */
  void flip(String column, String tail) {
    String where = " FROM " + tail;
    try (Statement select = connection.createStatement();
        ResultSet row = select.executeQuery("SELECT rowid, " + column + where)) {
      row.next();
      byte[] blob = row.getBytes(2);
      blob[blob.length / 2] ^= 4;
      write(column, tail.split(" ")[0], row.getLong(1), blob);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void write(String column, String table, long rowId, byte[] blob) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE " + table + " SET " + column + " = ? WHERE rowid = ?")) {
      update.setBytes(1, blob);
      update.setLong(2, rowId);
      update.executeUpdate();
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
