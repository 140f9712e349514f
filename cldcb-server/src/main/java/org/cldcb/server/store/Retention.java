package org.cldcb.server.store;

import java.util.List;

/**
 * One rule (docs/ARCHITECTURE.md): what was displaced stays until the server's clock says that its
 * time is over. Runs within transactions, a piece at a time.
 */
final class Retention {
  private static final int PIECE = 500;

  private Retention() {}

  /** Deletes a piece of what has expired; whether there may be more. */
  static boolean sweep(Sql sql, StoreSettings settings) {
    long now = settings.now();
    List<Long> chains =
        sql.list("SELECT id FROM chain WHERE expires < ? LIMIT 1", row -> row.getLong(1), now);
    chains.forEach(chain -> deleteChain(sql, chain));
    List<Long> bases =
        sql.list("SELECT id FROM base WHERE expires < ? LIMIT 1", row -> row.getLong(1), now);
    bases.forEach(base -> deleteBase(sql, base));
    int chunks = deleteUnreferenced(sql, now - settings.unreferencedKept().toSeconds());
    return !chains.isEmpty() || !bases.isEmpty() || chunks == PIECE;
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

  private static int deleteUnreferenced(Sql sql, long before) {
    List<Long> chunks =
        sql.list(
            "SELECT id FROM chunk WHERE at < ? AND NOT EXISTS (SELECT 1 FROM base JOIN base_chunk"
                + " ON base_chunk.base = base.id WHERE base.backup = chunk.backup AND"
                + " base_chunk.chunk_id = chunk.chunk_id) LIMIT ?",
            row -> row.getLong(1),
            before,
            PIECE);
    chunks.forEach(chunk -> Chunks.delete(sql, chunk));
    return chunks.size();
  }
}
