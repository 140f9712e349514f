package org.cldcb.server.store;

import java.util.Optional;
import org.cldcb.chain.Position;
import org.cldcb.wire.Status;

/** What is told of a backup as a whole. */
final class Figures {
  private Figures() {}

  static Status of(Sql sql, BackupRow row) {
    long generations =
        sql.number("SELECT count(*) FROM base WHERE chain = ? AND first IS NOT NULL", row.chain());
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

  static Optional<StoredEnvelope> base(Sql sql, BackupRow row) {
    return sql.first(
        "SELECT * FROM base WHERE id = ?",
        found ->
            new StoredEnvelope(
                new StoredEnvelope.Key(StoredEnvelope.Kind.MANIFEST, found.getLong("id")),
                new Position(
                    found.getLong("generation"),
                    found.getLong("seq"),
                    found.getLong("data_version"),
                    Sql.hash(found, "prev")),
                found.getLong("at"),
                Sql.bytes(found, "first"),
                found.getInt("segments")),
        row.base());
  }
}
