package org.cldcb.server.store;

import java.util.List;
import java.util.Optional;
import org.cldcb.crypto.PublicKey;
import org.jspecify.annotations.Nullable;

/**
 * One rule (docs/ARCHITECTURE.md): what was displaced stays until the server's clock says that its
 * time is over. Runs within transactions, a piece at a time.
 */
final class Retention {
  private static final String UNREFERENCED =
      "at < ? AND NOT EXISTS (SELECT 1 FROM base_chunk JOIN base ON base.id = base_chunk.base"
          + " WHERE base_chunk.chunk_id = chunk.chunk_id AND base.backup = chunk.backup)";

  private Retention() {}

  /** Deletes a piece of what has expired or was forgotten; whether there may be more. */
  static boolean expire(Sql sql, long now) {
    Optional<Long> base =
        id(
            sql,
            "SELECT id FROM base WHERE expires < ? UNION ALL SELECT base.id FROM chain JOIN base"
                + " ON base.chain = chain.id WHERE chain.expires < ? AND "
                + Layers.ON_TOP
                + " UNION ALL SELECT base.id FROM backup JOIN base ON base.backup = backup.id WHERE"
                + " node_id = X'' AND "
                + Layers.ON_TOP
                + " LIMIT 1",
            now,
            now);
    if (base.isPresent()) {
      Deletion.base(sql, base.get());
      return true;
    }
    Optional<Long> chain = id(sql, "SELECT id FROM chain WHERE expires < ?", now);
    if (chain.isPresent()) {
      Deletion.chain(sql, chain.get());
      return true;
    }
    Optional<Long> backup = id(sql, "SELECT id FROM backup WHERE node_id = X''");
    backup.ifPresent(id -> Deletion.backup(sql, id));
    return backup.isPresent();
  }

  private static Optional<Long> id(Sql sql, String query, Object... parameters) {
    return sql.first(query, row -> row.getLong(1), parameters);
  }

  /** A generation that compaction ended. */
  record Former(long base, BackupId backup, long generation, long expires) {}

  /**
   * Lets the oldest of the generations that compaction ended expire now. What was displaced in any
   * other way is never cut short: it may be the only copy of something.
   *
   * @param node whose; null: anybody's
   */
  static Optional<Former> hasten(Sql sql, long now, @Nullable PublicKey node) {
    Optional<Former> oldest =
        sql.first(
            "SELECT base.id, node_id, network, base.generation, expires FROM base"
                + " JOIN backup ON backup.id = base.backup WHERE expires >= ? AND node_id <> X''"
                + " AND node_id = coalesce(?, node_id) ORDER BY expires, base.id LIMIT 1",
            row ->
                new Former(row.getLong(1), BackupRow.backup(row), row.getLong(4), row.getLong(5)),
            now,
            node);
    oldest.ifPresent(former -> sql.update("UPDATE base SET expires = 0 WHERE id = ?", former.base));
    return oldest;
  }

  /**
   * Takes a node's backups away from it, so that nobody finds them any more, whole or not; they are
   * deleted bit by bit.
   *
   * @return whether there were any
   */
  static boolean forget(Sql sql, PublicKey nodeId) {
    sql.update(
        "UPDATE chain SET expires = 0 WHERE backup IN (SELECT id FROM backup WHERE node_id = ?)",
        nodeId);
    return sql.update("UPDATE backup SET node_id = X'', network = id WHERE node_id = ?", nodeId)
        > 0;
  }

  /** The next chunks after one that were not asked for since and that no base refers to. */
  static List<Long> unreferenced(Sql sql, long before, long after) {
    return Chunks.piece(sql, "id > ? AND " + UNREFERENCED, after, before);
  }

  /** Deletes those of the chunks to which nothing refers even now. */
  static void deleteUnreferenced(Sql sql, long before, List<Long> chunks) {
    for (long chunk : chunks) {
      if (sql.number("SELECT count(*) FROM chunk WHERE id = ? AND " + UNREFERENCED, chunk, before)
          > 0) {
        Chunks.delete(sql, chunk);
      }
    }
  }

  /** Forgets bases whose making was broken off by the end of the server. */
  static void dropPending(Sql sql) {
    sql.list("SELECT id FROM base WHERE first IS NULL", row -> row.getLong(1))
        .forEach(base -> Basing.drop(sql, base));
  }
}
