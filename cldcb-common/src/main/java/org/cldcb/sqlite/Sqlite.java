package org.cldcb.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import org.sqlite.SQLiteOpenMode;

/** Opens SQLite files, and asks the few things that cldcb asks of them. */
public final class Sqlite {
  private static final int PRIMARY_CODE = 0xff;
  private static final Set<Integer> OF_DISK =
      Set.of(
          SQLiteErrorCode.SQLITE_FULL.code,
          SQLiteErrorCode.SQLITE_IOERR.code,
          SQLiteErrorCode.SQLITE_READONLY.code,
          SQLiteErrorCode.SQLITE_CANTOPEN.code);

  private Sqlite() {}

  /** Opens a file for reading only; a lock that somebody holds is an error at once. */
  public static Connection openReadOnly(Path file) throws SQLException {
    load(file);
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    config.setBusyTimeout(0);
    return config.createConnection("jdbc:sqlite:" + file);
  }

  /** Opens a file that is ours alone, for writing; makes it if it isn't there. */
  public static Connection open(Path file) throws SQLException {
    load(file);
    SQLiteConfig config = new SQLiteConfig();
    config.setOpenMode(SQLiteOpenMode.FULLMUTEX);
    config.setBusyTimeout(10_000);
    return config.createConnection("jdbc:sqlite:" + file);
  }

  /** The usual place may be mounted noexec; that of the file rarely is. */
  private static void load(Path file) throws SQLException {
    SqliteLibrary.load(
        Path.of(System.getProperty("java.io.tmpdir")), file.toAbsolutePath().resolveSibling(""));
  }

  /** Whether it says that somebody else holds a lock. */
  public static boolean isBusy(SQLException e) {
    return primaryCode(e) == SQLiteErrorCode.SQLITE_BUSY.code;
  }

  /** Whether the disk is at fault, or who may write to it, and not what is in the file. */
  public static boolean isOfDisk(SQLException e) {
    return OF_DISK.contains(primaryCode(e));
  }

  private static int primaryCode(SQLException e) {
    return e instanceof SQLiteException sqlite ? sqlite.getResultCode().code & PRIMARY_CODE : 0;
  }
}
