package org.cldcb.server.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.cldcb.chain.Position;
import org.cldcb.codec.Hash;

/** The table of bases, for who reads manifests. */
final class Manifests {
  private Manifests() {}

  /** A base's by its digest, the current base's by zeros. */
  static Optional<StoredEnvelope> find(Sql sql, BackupRow row, Hash digest) {
    return digest.isZero()
        ? sql.first("SELECT * FROM base WHERE id = ?", Manifests::read, row.base())
        : sql.first(
            "SELECT * FROM base WHERE backup = ? AND digest = ? ORDER BY id DESC LIMIT 1",
            Manifests::read,
            row.id(),
            digest);
  }

  private static StoredEnvelope read(ResultSet row) throws SQLException {
    return new StoredEnvelope(
        new StoredEnvelope.Key(StoredEnvelope.Kind.MANIFEST, row.getLong("id")),
        new Position(
            row.getLong("generation"),
            row.getLong("seq"),
            row.getLong("data_version"),
            Sql.hash(row, "prev")),
        row.getLong("at"),
        Sql.bytes(row, "first"),
        row.getInt("segments"));
  }
}
