package org.cldcb.client.recover.database;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.cldcb.format.RecordReader;
import org.cldcb.sqlite.SqliteLibrary;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.Pragma;

/**
 * Runs records on a database file that is ours alone, as lightningd ran them (docs/FORMAT.md §12).
 * Not durable: the file is to be synced when all is done. Not thread-safe.
 */
final class Replayer implements AutoCloseable {
  /** Records in one transaction at most; each alone would cost a journal. */
  private static final int BATCH = 1000;

  /** A node that starts or migrates changes its schema every few statements. */
  private static final int PATIENCE = 64;

  private static final String LARGEST_STATEMENT = Integer.toString(1 << 30);
  private static final String PRAGMA = "PRAGMA";
  private static final String FOREIGN_KEYS_ON = "PRAGMA foreign_keys = ON";
  private static final String FOREIGN_KEYS_OFF = "PRAGMA foreign_keys = OFF";

  private final Connection connection;
  private final Statement statement;
  private final PreparedShapes shapes;
  private int batched;
  private boolean inTransaction;

  /**
   * Opens the database.
   *
   * @param foreignKeysOff whether the node had them off when the base was made
   */
  Replayer(Path database, boolean foreignKeysOff) throws SQLException {
    load(database);
    connection = config().createConnection("jdbc:sqlite:" + database);
    statement = connection.createStatement();
    shapes = new PreparedShapes(connection, PATIENCE);
    run("PRAGMA synchronous = OFF");
    run(foreignKeysOff ? FOREIGN_KEYS_OFF : FOREIGN_KEYS_ON);
  }

  /** Loads what it takes to open this database, which else happens then. */
  static void load(Path database) throws SQLException {
    SqliteLibrary.load(database.toAbsolutePath().resolveSibling(""));
  }

  /**
   * Runs a record.
   *
   * @throws IOException if it isn't sound
   * @throws SQLException if SQLite refuses a statement
   */
  void replay(RecordReader record) throws IOException, SQLException {
    if (record.firstWrite()) {
      // lightningd opens its database so, also where the one before died with them off.
      commit();
      shapes.forget();
      run(FOREIGN_KEYS_ON);
    }
    @Nullable String next = record.nextStatement();
    if (next != null && isPragma(next)) {
      commit();
    } else {
      begin();
    }
    for (; next != null; next = record.nextStatement()) {
      if (!shapes.run(next)) {
        requireSql(next);
        run(next);
      }
    }
    batched++;
    if (batched >= BATCH) {
      commit();
    }
  }

  /** Ends the transaction under way. */
  void commit() throws SQLException {
    if (inTransaction) {
      connection.setAutoCommit(true);
      inTransaction = false;
    }
    batched = 0;
  }

  /** To ask the database; only after {@link #commit}. */
  Connection connection() {
    return connection;
  }

  @Override
  public void close() throws SQLException {
    shapes.forget();
    statement.close();
    connection.close();
  }

  private void begin() throws SQLException {
    if (!inTransaction) {
      // Known to sqlite-jdbc, which else tries to begin one for each prepared statement.
      connection.setAutoCommit(false);
      inTransaction = true;
    }
  }

  private void run(String sql) throws SQLException {
    statement.executeUpdate(sql);
  }

  private static boolean isPragma(String sql) {
    return sql.regionMatches(true, 0, PRAGMA, 0, PRAGMA.length());
  }

  /** These two words would make sqlite-jdbc copy whole files; no SQL statement starts with them. */
  private static void requireSql(String text) throws SQLException {
    for (String word : new String[] {"backup", "restore"}) {
      if (text.stripLeading().regionMatches(true, 0, word, 0, word.length())) {
        throw new SQLException("not a statement: " + word);
      }
    }
  }

  /** Statements as large as they get, and none that reaches for another file. */
  private static SQLiteConfig config() {
    SQLiteConfig config = new SQLiteConfig();
    config.setPragma(Pragma.LIMIT_SQL_LENGTH, LARGEST_STATEMENT);
    config.setPragma(Pragma.LIMIT_LENGTH, LARGEST_STATEMENT);
    config.setPragma(Pragma.LIMIT_ATTACHED, "0");
    // Else every INSERT is followed by a query that nobody asked for.
    config.setGetGeneratedKeys(false);
    return config;
  }
}
