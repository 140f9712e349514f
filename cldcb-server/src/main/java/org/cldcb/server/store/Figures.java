package org.cldcb.server.store;

import org.cldcb.wire.Status;

/** What is told of a backup as a whole. */
final class Figures {
  private Figures() {}

  static Status of(Sql sql, BackupRow row) {
    long generations =
        sql.number(
            "SELECT count(*) FROM base WHERE chain = ? AND first IS NOT NULL AND spent = 0",
            row.chain());
    long branches =
        sql.number("SELECT count(*) FROM chain WHERE backup = ? AND ended IS NOT NULL", row.id());
    Quota quota = Quota.of(sql, row.backup().nodeId());
    return new Status(
        row.records(),
        row.recordBytes(),
        row.baseBytes(),
        generations,
        branches,
        row.lastWrite(),
        quota.kept(),
        quota.limit());
  }
}
