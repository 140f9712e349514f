package org.cldcb.server.store;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Places in the file that SQLite can't read: bytes that changed where its own structure lies. Not
 * thread-safe.
 */
final class Damage {
  private static final Logger LOG = LoggerFactory.getLogger(Damage.class);

  private final CommitThread commits;
  private final Set<StoredEnvelope.Key> reported = new HashSet<>();

  Damage(CommitThread commits) {
    this.commits = commits;
  }

  /**
   * The last id of a damaged place that begins after an id: what follows can be read again.
   *
   * @param isReadable whether what follows an id can be read
   */
  static long readableAfter(long after, LongPredicate isReadable) {
    long step = 1;
    while (step < Long.MAX_VALUE / 4 - after && !isReadable.test(after + step)) {
      step *= 2;
    }
    long unreadable = after + step / 2;
    long readable = after + step;
    while (readable - unreadable > 1) {
      long middle = unreadable + (readable - unreadable) / 2;
      if (isReadable.test(middle)) {
        readable = middle;
      } else {
        unreadable = middle;
      }
    }
    return readable;
  }

  /** Whether SQLite can do it; any other failure than damage is thrown. */
  static boolean isReadable(Runnable reading) {
    try {
      reading.run();
      return true;
    } catch (StoreException e) {
      if (e.isDamage()) {
        return false;
      }
      throw e;
    }
  }

  /** Says it, the first time, and asks for new bases where those that are there can't be read. */
  void report(StoredEnvelope.Kind kind, long after, long last, StoreException e) {
    if (!reported.add(new StoredEnvelope.Key(kind, last))) {
      return;
    }
    LOG.error(
        "the store's file is damaged: {} {} to {} can't be read ({}). Check the disk. Backups that"
            + " this concerns are asked for again; if nodes go on waiting, stop the server, move"
            + " cldcb.sqlite3 and its -wal away, run init, allow and install again",
        kind,
        after + 1,
        last,
        e.getMessage());
    try {
      commits.urgentNow(sql -> disown(sql, kind, after, last));
    } catch (StoreException damaged) {
      LOG.error("and nothing can be written about it: {}", damaged.getMessage());
    }
  }

  private static int disown(Sql sql, StoredEnvelope.Kind kind, long after, long last) {
    return switch (kind) {
      case CHUNK -> disownChunks(sql, after, last);
      case MANIFEST -> Layers.disable(sql, after, last);
      case RECORD ->
          sql.update(
              "UPDATE backup SET base_usable = 0 WHERE chain >= ? AND chain <= ?",
              Records.chain(after + 1),
              Records.chain(last));
    };
  }

  /**
   * Gives the chunks another name, so that nothing refers to them and the client is asked for them
   * again. Their bytes stay: deleting them would run into the damage.
   */
  private static int disownChunks(Sql sql, long after, long last) {
    List<Long> chunks =
        sql.list(
            "SELECT id FROM chunk WHERE id > ? AND id <= ?", row -> row.getLong(1), after, last);
    for (long chunk : chunks) {
      Scrubber.disableBases(sql, chunk);
      sql.update(
          "UPDATE chunk SET chunk_id = randomblob(32), at = ? WHERE id = ?", Long.MAX_VALUE, chunk);
    }
    return chunks.size();
  }
}
