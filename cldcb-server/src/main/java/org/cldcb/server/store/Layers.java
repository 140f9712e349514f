package org.cldcb.server.store;

import java.util.Optional;
import org.cldcb.codec.Hash;
import org.cldcb.format.DeltaReader;

/**
 * Bases that stand on others: a delta has a parent, that may have one too, down to a full base. A
 * base is kept as long as one that stands on it. Runs within a transaction.
 */
final class Layers {
  /** Whether nothing stands on a row of base. */
  static final String ON_TOP = "NOT EXISTS (SELECT 1 FROM base above WHERE above.parent = base.id)";

  private static final String UP_FROM =
      "WITH RECURSIVE up (id) AS (SELECT base FROM backup WHERE base > ?1 AND base <= ?2"
          + " UNION SELECT id FROM base WHERE parent > ?1 AND parent <= ?2"
          + " UNION SELECT base.id FROM base JOIN up ON base.parent = up.id) ";

  private Layers() {}

  /** The depth of a delta on the current base; empty if that isn't the one that it names. */
  static Optional<Integer> depthOn(Sql sql, BackupRow row, Hash parent) {
    return !row.baseUsable()
        ? Optional.empty()
        : sql.first(
            "SELECT depth + 1 FROM base WHERE id = ? AND digest = ? AND depth < ?",
            found -> found.getInt(1),
            row.base(),
            parent,
            DeltaReader.MAX_DEPTH);
  }

  /** Has the current bases asked for anew that are one of these, or stand on one: after … last. */
  static int disable(Sql sql, long after, long last) {
    // The first condition of the second part and the join are answered by the index alone, so that
    // rows that can't be read aren't.
    return sql.update(
        UP_FROM + "UPDATE backup SET base_usable = 0 WHERE base IN (SELECT id FROM up)",
        after,
        last);
  }

  static boolean isOnTop(Sql sql, long base) {
    return sql.number("SELECT count(*) FROM base WHERE parent = ?", base) == 0;
  }

  /** The base has had its time, but others stand on it. */
  static void spend(Sql sql, long base) {
    sql.update("UPDATE base SET spent = 1, expires = NULL WHERE id = ?", base);
  }

  /** Before a base goes: what it stood on and was kept for it alone goes next, as it did. */
  static void release(Sql sql, long base) {
    sql.update(
        "UPDATE base SET expires = (SELECT coalesce(expires, 1) FROM base WHERE id = ?1)"
            + " WHERE id = (SELECT parent FROM base WHERE id = ?1) AND spent = 1",
        base);
  }
}
