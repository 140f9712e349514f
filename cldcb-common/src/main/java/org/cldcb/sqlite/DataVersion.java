package org.cldcb.sqlite;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * CLN's data_version in a database file: {@code vars.intval} where {@code name = 'data_version'}
 * (CLN's {@code db/utils.c}). An old or new database may lack row, column or table, which means 0;
 * nothing else does.
 */
public final class DataVersion {
  private static final int READ_VERSION_OFFSET = 19;

  private DataVersion() {}

  /**
   * The version that is committed in lightningd's own file, read while lightningd waits in a hook.
   *
   * @param database lightningd's file
   * @param scratch folder for a copy, should the file be locked
   * @throws IOException where it can't be known: never mistake that for 0
   */
  public static long onDisk(Path database, Path scratch) throws IOException {
    if (Files.notExists(database) || Files.size(database) == 0) {
      return 0;
    }
    if (isInWalMode(database) && Files.notExists(Path.of(database + "-shm"))) {
      // Nobody has it open. To read it there, SQLite would make files that lightningd may not be
      // allowed to write, if another user runs this.
      return ofCopy(database, scratch);
    }
    try (Connection connection = Sqlite.openReadOnly(database)) {
      return of(connection);
    } catch (SQLException e) {
      // A transaction of over 2 MB holds an EXCLUSIVE lock and has spilled uncommitted pages into
      // the file. lightningd stands still, so a copy with its journal is consistent: SQLite rolls
      // it back.
      return ofCopy(database, scratch);
    }
  }

  private static long ofCopy(Path database, Path scratch) throws IOException {
    try (Snapshot snapshot = Snapshot.take(database, scratch)) {
      return snapshot.recover().dataVersion();
    }
  }

  /** By the file's header: its "read version" (SQLite's file format, §1.3.3). */
  private static boolean isInWalMode(Path database) throws IOException {
    try (InputStream in = Files.newInputStream(database)) {
      byte[] header = in.readNBytes(READ_VERSION_OFFSET + 1);
      return header.length > READ_VERSION_OFFSET && header[READ_VERSION_OFFSET] == 2;
    }
  }

  /** The version in an open database. */
  public static long of(Connection connection) throws SQLException {
    if (!hasColumn(connection)) {
      return 0;
    }
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT intval FROM vars WHERE name = 'data_version'")) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  private static boolean hasColumn(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT 1 FROM pragma_table_info('vars') WHERE name = 'intval'")) {
      return row.next();
    }
  }
}
