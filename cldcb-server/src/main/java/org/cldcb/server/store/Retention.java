package org.cldcb.server.store;

import java.util.List;
import java.util.Optional;

/**
 * One rule (docs/ARCHITECTURE.md): what was displaced stays until the server's clock says that its
 * time is over. Runs within transactions, a piece at a time.
 */
final class Retention {
  private static final int PIECE = 500;
  private static final String UNREFERENCED =
      "at < ? AND NOT EXISTS (SELECT 1 FROM base_chunk JOIN base ON base.id = base_chunk.base"
          + " WHERE base_chunk.chunk_id = chunk.chunk_id AND base.backup = chunk.backup)";

  private Retention() {}

  /** Deletes a piece of the bases and chains that have expired; whether there may be more. */
  static boolean expire(Sql sql, long now) {
    Optional<Long> base =
        sql.first(
            "SELECT id FROM base WHERE expires < ? UNION ALL SELECT base.id FROM chain JOIN base"
                + " ON base.chain = chain.id WHERE chain.expires < ? LIMIT 1",
            row -> row.getLong(1),
            now,
            now);
    if (base.isPresent()) {
      if (deleteReferences(sql, base.get()) == 0) {
        deleteBase(sql, base.get());
      }
      return true;
    }
    Optional<Long> chain =
        sql.first("SELECT id FROM chain WHERE expires < ?", row -> row.getLong(1), now);
    chain.ifPresent(id -> deleteChain(sql, id));
    return chain.isPresent();
  }

  private static int deleteReferences(Sql sql, long base) {
    return sql.update(
        "DELETE FROM base_chunk WHERE base = ? AND chunk_id IN"
            + " (SELECT chunk_id FROM base_chunk WHERE base = ? LIMIT ?)",
        base,
        base,
        PIECE);
  }

  /** The next chunks after one that were not asked for since and that no base refers to. */
  static List<Long> unreferenced(Sql sql, long before, long after) {
    return sql.list(
        "SELECT id FROM chunk WHERE id > ? AND " + UNREFERENCED + " ORDER BY id LIMIT ?",
        row -> row.getLong(1),
        after,
        before,
        PIECE);
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

  static void deleteBackup(Sql sql, long backup) {
    sql.list("SELECT id FROM chain WHERE backup = ?", row -> row.getLong(1), backup)
        .forEach(chain -> deleteChain(sql, chain));
    sql.list("SELECT id FROM base WHERE backup = ?", row -> row.getLong(1), backup)
        .forEach(base -> deleteManifest(sql, base));
    sql.update(
        "DELETE FROM chunk_segment WHERE owner IN (SELECT id FROM chunk WHERE backup = ?)", backup);
    sql.update(
        "DELETE FROM chunk_first WHERE id IN (SELECT id FROM chunk WHERE backup = ?)", backup);
    sql.update("DELETE FROM chunk WHERE backup = ?", backup);
    sql.update("DELETE FROM claim WHERE backup = ?", backup);
    sql.update("DELETE FROM backup WHERE id = ?", backup);
  }

  private static void deleteChain(Sql sql, long chain) {
    sql.list("SELECT id FROM base WHERE chain = ?", row -> row.getLong(1), chain)
        .forEach(base -> deleteManifest(sql, base));
    Records.deleteUpTo(sql, chain, Records.seq(-1));
    sql.update("DELETE FROM chain WHERE id = ?", chain);
  }

  /** Deletes a former generation: its base, and the records that only it needs. */
  private static void deleteBase(Sql sql, long base) {
    long chain = sql.number("SELECT chain FROM base WHERE id = ?", base);
    deleteManifest(sql, base);
    long oldest =
        sql.number("SELECT min(seq) FROM base WHERE chain = ? AND first IS NOT NULL", chain);
    Records.deleteUpTo(sql, chain, oldest);
  }

  private static void deleteManifest(Sql sql, long base) {
    sql.update("DELETE FROM base_chunk WHERE base = ?", base);
    sql.update("DELETE FROM manifest_segment WHERE owner = ?", base);
    sql.update("DELETE FROM base WHERE id = ?", base);
  }
}
