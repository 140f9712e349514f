package org.cldcb.server.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.Map;
import org.cldcb.io.DurableFiles;
import org.cldcb.sqlite.SqliteLibrary;
import org.sqlite.SQLiteConfig;

/** The one file of a store: how it is made, and how it is opened. */
final class StoreFile {
  private static final String NAME = "cldcb.sqlite3";
  private static final String UNFINISHED = ".new";
  private static final String LOG = "-wal";
  private static final int PIECE_BYTES = 1 << 16;
  private static final int BUSY_MILLIS = 30_000;

  /** The write-ahead log is cut to this once a spike is over; SQLite would leave it as it grew. */
  private static final int MAX_IDLE_LOG_BYTES = 16 << 20;

  private StoreFile() {}

  static Path in(Path dataDir) {
    return dataDir.resolve(NAME);
  }

  /**
   * Makes a new one under another name; it gets its own when it is whole and on stable storage.
   *
   * @throws StoreException if there is one already
   */
  static void create(Path file, Map<String, String> values) {
    if (Files.exists(file)) {
      throw new StoreException("there is a store already: " + file);
    }
    Path unfinished = Path.of(file + UNFINISHED);
    try {
      for (String suffix : new String[] {"", LOG, "-shm"}) {
        Files.deleteIfExists(Path.of(unfinished + suffix));
      }
      Files.createFile(
          unfinished,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      fill(unfinished, values);
      DurableFiles.sync(unfinished);
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
      DurableFiles.syncName(file);
    } catch (IOException e) {
      throw new StoreException("a new store can't be made: " + file, e);
    }
  }

  private static void fill(Path file, Map<String, String> values) {
    try (Sql sql = connect(file)) {
      sql.execute("BEGIN IMMEDIATE");
      Schema.make(sql);
      values.forEach(
          (name, value) ->
              sql.update("INSERT INTO setting (name, value) VALUES (?, ?)", name, value));
      sql.execute("COMMIT");
    }
  }

  static Sql connect(Path file) {
    return connect(file, new SQLiteConfig());
  }

  /** Changes nothing, not even by its end, which leaves the write-ahead log as it is. */
  static Sql connectToRead(Path file) {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    return connect(file, config);
  }

  private static Sql connect(Path file, SQLiteConfig config) {
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setBusyTimeout(BUSY_MILLIS);
    config.setJournalSizeLimit(MAX_IDLE_LOG_BYTES);
    // Else each insert would prepare and run a query for the row id that it got.
    config.setGetGeneratedKeys(false);
    try {
      SqliteLibrary.load(file.toAbsolutePath().resolveSibling(""));
      return new Sql(config.createConnection("jdbc:sqlite:" + file));
    } catch (SQLException e) {
      throw new StoreException("the store can't be opened: " + e.getMessage(), e);
    }
  }

  /**
   * Writes the write-ahead log once more, as it is, and syncs it. After a sync that failed, Linux
   * takes pages for written that aren't: the next server reads them back as if they were stored,
   * and no later sync brings them to the disk.
   */
  static void rewriteLog(Path file) {
    Path log = Path.of(file + LOG);
    if (Files.notExists(log)) {
      return;
    }
    Sql sql = connect(file);
    // Nobody appends to it meanwhile.
    sql.execute("BEGIN IMMEDIATE");
    try {
      rewrite(log);
    } catch (IOException e) {
      // Not closed: the last connection takes what is in the log for stored.
      throw new StoreException("the write-ahead log can't be written again", e);
    }
    sql.execute("ROLLBACK");
    sql.close();
  }

  private static void rewrite(Path log) throws IOException {
    try (FileChannel channel =
        FileChannel.open(log, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES);
      for (long at = 0; channel.read(piece, at) > 0; piece.clear()) {
        piece.flip();
        while (piece.hasRemaining()) {
          at += channel.write(piece, at);
        }
      }
      channel.force(true);
    }
  }
}
