package org.cldcb.server.store;

import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** The storage failed; the message names the operation, never what is stored. */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1;
  private static final int PRIMARY_CODE = 0xff;

  public StoreException(String message) {
    super(message);
  }

  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Damage that SQLite doesn't see. */
  static StoreException damaged(String what) {
    return new StoreException(what, new SQLiteException(what, SQLiteErrorCode.SQLITE_CORRUPT));
  }

  /** Whether the file itself is damaged, so that trying again is of no use. */
  public boolean isDamage() {
    return isOf(SQLiteErrorCode.SQLITE_CORRUPT) || isOf(SQLiteErrorCode.SQLITE_NOTADB);
  }

  /** Whether the disk had no room. */
  public boolean isFull() {
    return isOf(SQLiteErrorCode.SQLITE_FULL);
  }

  private boolean isOf(SQLiteErrorCode primary) {
    return getCause() instanceof SQLiteException e
        && (e.getResultCode().code & PRIMARY_CODE) == primary.code;
  }
}
