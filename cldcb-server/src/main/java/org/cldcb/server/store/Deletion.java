package org.cldcb.server.store;

import java.util.List;

/**
 * Deletes what may be large a piece at a time, each in a transaction of its own, so that appends
 * get in between. What names a thing goes last: broken off anywhere, it is gone on with.
 */
final class Deletion {
  /** Rows with bytes in them, at most 64 KiB each. */
  static final int PIECE = 100;

  private static final int REFERENCES = 500;

  private Deletion() {}

  /**
   * Deletes a piece of a base, and of the records that only it needs. Of one that others stand on
   * only these records go.
   */
  static void base(Sql sql, long base) {
    boolean onTop = Layers.isOnTop(sql, base);
    if (onTop && (references(sql, base) > 0 || manifestSegments(sql, base) > 0)) {
      return;
    }
    long chain = sql.number("SELECT chain FROM base WHERE id = ?", base);
    long next =
        sql.number(
            "SELECT min(seq) FROM base WHERE chain = ? AND id <> ? AND first IS NOT NULL"
                + " AND spent = 0",
            chain,
            base);
    if (Records.deleteUpTo(sql, chain, next, PIECE) > 0) {
      return;
    }
    if (onTop) {
      Layers.release(sql, base);
      sql.update("DELETE FROM base WHERE id = ?", base);
    } else {
      Layers.spend(sql, base);
    }
  }

  /** Deletes a piece of a chain that has no bases any more. */
  static void chain(Sql sql, long chain) {
    if (Records.deleteUpTo(sql, chain, Records.seq(-1), PIECE) == 0) {
      sql.update("DELETE FROM chain WHERE id = ?", chain);
    }
  }

  /** Deletes a piece of a backup that has neither bases nor chains any more. */
  static void backup(Sql sql, long backup) {
    List<Long> chunks = Chunks.piece(sql, "backup = ?", backup);
    chunks.forEach(chunk -> Chunks.delete(sql, chunk));
    if (chunks.isEmpty()) {
      sql.update("DELETE FROM claim WHERE backup = ?", backup);
      sql.update("DELETE FROM backup WHERE id = ?", backup);
    }
  }

  private static int references(Sql sql, long base) {
    // Where room is short, chunks that only this base needs don't wait for their time either.
    sql.update(
        "UPDATE chunk SET at = 0 WHERE backup = (SELECT backup FROM base WHERE id = ? AND expires"
            + " = 0) AND chunk_id IN (SELECT chunk_id FROM base_chunk WHERE base = ? LIMIT ?)",
        base,
        base,
        REFERENCES);
    return sql.update(
        "DELETE FROM base_chunk WHERE base = ? AND chunk_id IN"
            + " (SELECT chunk_id FROM base_chunk WHERE base = ? LIMIT ?)",
        base,
        base,
        REFERENCES);
  }

  private static int manifestSegments(Sql sql, long base) {
    return sql.update(
        "DELETE FROM manifest_segment WHERE rowid IN"
            + " (SELECT rowid FROM manifest_segment WHERE owner = ? LIMIT ?)",
        base,
        PIECE);
  }
}
