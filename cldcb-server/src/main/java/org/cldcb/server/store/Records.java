package org.cldcb.server.store;

import java.util.List;
import java.util.Optional;
import org.cldcb.chain.Head;
import org.cldcb.chain.Position;

/** The record table. A record's id is its chain and its seq. */
final class Records {
  private static final int SEQ_BITS = 40;

  private Records() {}

  static long id(long chain, long seq) {
    return chain << SEQ_BITS | seq;
  }

  static long chain(long id) {
    return id >> SEQ_BITS;
  }

  static long seq(long id) {
    return id & (1L << SEQ_BITS) - 1;
  }

  static void insert(Sql sql, long chain, Position position, Envelope envelope, long now) {
    long id = id(chain, position.seq());
    int segments = Parts.insert(sql, StoredEnvelope.Kind.RECORD, id, envelope);
    sql.update(
        "INSERT INTO record (id, generation, data_version, prev, digest, at, size, segments, first)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        id,
        position.generation(),
        position.dataVersion(),
        position.prev(),
        envelope.digest(),
        now,
        envelope.size(),
        segments,
        envelope.first());
  }

  /** Moves a record to another chain. */
  static void move(Sql sql, long from, long to) {
    sql.update("UPDATE record SET id = ? WHERE id = ?", to, from);
    sql.update("UPDATE record_segment SET owner = ? WHERE owner = ?", to, from);
  }

  static Optional<Head> headAt(Sql sql, long chain, long seq) {
    return sql.first(
        "SELECT generation, data_version, digest FROM record WHERE id = ?",
        row -> new Head(row.getLong(1), seq, row.getLong(2), Sql.hash(row, "digest")),
        id(chain, seq));
  }

  /** Bytes of the records after a seq. */
  static long bytesAfter(Sql sql, long chain, long seq) {
    return sql.number(
        "SELECT sum(size) FROM record WHERE id > ? AND id < ?", id(chain, seq), id(chain + 1, 0));
  }

  /** Records after a seq, about so many bytes of first parts, at least one if there is one. */
  static List<StoredEnvelope> after(Sql sql, long chain, long seq, int bytes) {
    long end =
        sql.number(
            "SELECT max(id) FROM (SELECT id, sum(size) OVER (ORDER BY id) - size AS before FROM"
                + " record WHERE id > ? AND id < ? LIMIT 4096) WHERE before < ?",
            id(chain, seq),
            id(chain + 1, 0),
            Math.max(1, bytes));
    return sql.list(
        "SELECT * FROM record WHERE id > ? AND id <= ? ORDER BY id",
        row ->
            new StoredEnvelope(
                new StoredEnvelope.Key(StoredEnvelope.Kind.RECORD, row.getLong("id")),
                new Position(
                    row.getLong("generation"),
                    seq(row.getLong("id")),
                    row.getLong("data_version"),
                    Sql.hash(row, "prev")),
                row.getLong("at"),
                Sql.bytes(row, "first"),
                row.getInt("segments")),
        id(chain, seq),
        end);
  }

  /** Deletes some of a chain's records up to a seq, segments first; the number of rows. */
  static int deleteUpTo(Sql sql, long chain, long seq, int rows) {
    int segments =
        sql.update(
            "DELETE FROM record_segment WHERE rowid IN"
                + " (SELECT rowid FROM record_segment WHERE owner >= ? AND owner <= ? LIMIT ?)",
            id(chain, 0),
            id(chain, seq),
            rows);
    return segments > 0
        ? segments
        : sql.update(
            "DELETE FROM record WHERE id IN"
                + " (SELECT id FROM record WHERE id >= ? AND id <= ? ORDER BY id LIMIT ?)",
            id(chain, 0),
            id(chain, seq),
            rows);
  }
}
