package org.cldcb.server.store;

import java.util.List;
import java.util.Optional;
import org.cldcb.chain.Position;
import org.cldcb.codec.Hash;

/** The chunk tables. */
final class Chunks {
  private static final long PIECE_BYTES = 4 << 20;
  private static final Position NOWHERE = new Position(0, 0, 0, Hash.ZERO);

  private Chunks() {}

  static Optional<StoredEnvelope> find(Sql sql, BackupId backup, Hash id) {
    return sql.first(
        "SELECT chunk.id, at, segments, first FROM backup JOIN chunk ON chunk.backup = backup.id"
            + " JOIN chunk_first ON chunk_first.id = chunk.id WHERE node_id = ? AND network = ? AND"
            + " chunk_id = ?",
        row ->
            new StoredEnvelope(
                new StoredEnvelope.Key(StoredEnvelope.Kind.CHUNK, row.getLong(1)),
                NOWHERE,
                row.getLong(2),
                Sql.bytes(row, "first"),
                row.getInt(3)),
        backup.nodeId(),
        backup.network().name(),
        id);
  }

  /** The first of the chunks that fit a condition: few enough to be deleted in one transaction. */
  static List<Long> piece(Sql sql, String condition, Object... parameters) {
    return sql.list(
        "SELECT id FROM (SELECT id, sum(size) OVER (ORDER BY id) - size AS before FROM"
            + " (SELECT id, size FROM chunk WHERE "
            + condition
            + " ORDER BY id LIMIT "
            + Deletion.PIECE
            + ")) WHERE before < "
            + PIECE_BYTES,
        row -> row.getLong(1),
        parameters);
  }

  static void delete(Sql sql, long chunk) {
    sql.update("DELETE FROM chunk_segment WHERE owner = ?", chunk);
    sql.update("DELETE FROM chunk_first WHERE id = ?", chunk);
    sql.update("DELETE FROM chunk WHERE id = ?", chunk);
  }
}
