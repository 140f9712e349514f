package org.cldcb.plugin.rpc;

import org.cldcb.io.Spool;

/** What lightningd sends. The id of a request is opaque JSON and goes back as it came. */
public sealed interface Incoming {

  /** A call of a method that takes no parameters worth reading. */
  record Request(byte[] id, String method) implements Incoming {}

  /** A message that wants no answer. */
  record Notification(String method) implements Incoming {}

  /**
   * A call of the db_write hook.
   *
   * @param dataVersion the version that the database has once this is committed
   * @param pragma whether it is a {@code PRAGMA}, which runs outside any transaction
   * @param foreignKeys what it does to {@code foreign_keys}
   * @param record padded plaintext of the record (docs/FORMAT.md §5.1)
   */
  record DbWrite(byte[] id, long dataVersion, boolean pragma, ForeignKeys foreignKeys, Spool record)
      implements Incoming {}
}
