package org.cldcb.e2e.rig;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.Pragma;
import org.sqlite.SQLiteConfig.SynchronousMode;

/** lightningd's writing connection to its database. Not thread-safe. */
final class Wallet implements AutoCloseable {
  private static final List<String> SUFFIXES = List.of("", "-journal", "-wal");

  /** sqlite-jdbc would refuse what is over 1 MB, lightningd has SQLite's own limit. */
  private static final String LARGEST_STATEMENT = "1000000000";

  private static final int DEFAULT_CACHE = -2000;

  private final Path file;
  private final Connection connection;
  private final Statement statement;

  private Wallet(Path file, Connection connection) throws SQLException {
    this.file = file;
    this.connection = connection;
    this.statement = connection.createStatement();
  }

  /** Opens the database, or makes it; SQLite rolls back what a crash left unfinished. */
  static Wallet open(Path file, Settings settings) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.enforceForeignKeys(true);
    config.setBusyTimeout((int) settings.busyTimeout().toMillis());
    config.setPragma(Pragma.LIMIT_SQL_LENGTH, LARGEST_STATEMENT);
    if (!settings.durable()) {
      config.setSynchronous(SynchronousMode.OFF);
    }
    return new Wallet(file, config.createConnection("jdbc:sqlite:" + file));
  }

  /**
   * How the database is opened.
   *
   * @param durable false saves the time of fsync, where no power is lost
   * @param busyTimeout how long to wait for another's lock: 60 s in the real lightningd
   */
  record Settings(boolean durable, Duration busyTimeout) {}

  void begin() throws SQLException {
    execute("BEGIN TRANSACTION;");
  }

  void commit() throws SQLException {
    execute("COMMIT;");
  }

  void execute(String sql) throws SQLException {
    statement.execute(sql);
  }

  /** How many rows the last statement changed. */
  long changes() throws SQLException {
    return number("SELECT changes()");
  }

  /** The version as seen by this connection: 0 where there is none, or no place for it. */
  long dataVersion() throws SQLException {
    boolean versioned =
        number("SELECT count(*) FROM pragma_table_info('vars') WHERE name = 'intval'") == 1;
    return versioned
        ? number("SELECT max(intval) FROM vars WHERE name = 'data_version'") // null is 0
        : 0;
  }

  boolean hasTable(String name) throws SQLException {
    return number("SELECT count(*) FROM sqlite_master WHERE name = '" + name + "'") == 1;
  }

  boolean hasDatastoreKey(String keyHex) throws SQLException {
    return number("SELECT count(*) FROM datastore WHERE key = x'" + keyHex + "'") == 1;
  }

  /** Lets dirty pages spill into the file before the commit, as a full cache does. */
  void shrinkCache() throws SQLException {
    execute("PRAGMA cache_size = 10");
  }

  void restoreCache() throws SQLException {
    execute("PRAGMA cache_size = " + DEFAULT_CACHE);
  }

  /**
   * Leaves the files as they are in this moment, as kill -9 does: a hot journal stays. (Closing the
   * connection would roll back.)
   */
  void crash() throws SQLException, IOException {
    Map<Path, Path> images = new LinkedHashMap<>();
    Path safe = Files.createTempDirectory("crash");
    for (String suffix : SUFFIXES) {
      Path original = file.resolveSibling(file.getFileName() + suffix);
      if (Files.exists(original)) {
        images.put(
            original,
            Files.copy(
                original, safe.resolve("image" + suffix), StandardCopyOption.COPY_ATTRIBUTES));
      }
    }
    connection.close();
    for (Map.Entry<Path, Path> image : images.entrySet()) {
      Files.move(image.getValue(), image.getKey(), StandardCopyOption.REPLACE_EXISTING);
    }
    Files.delete(safe);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  private long number(String query) throws SQLException {
    try (ResultSet row = statement.executeQuery(query)) {
      return row.next() ? row.getLong(1) : 0;
    }
  }
}
