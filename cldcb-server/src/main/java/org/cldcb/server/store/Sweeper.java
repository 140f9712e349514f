package org.cldcb.server.store;

import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Deletes what need not be kept, a piece at a time, so that appends get in between. */
final class Sweeper {
  /** Another process that waits for the lock looks for it again within about this time. */
  private static final long PAUSE_NANOS = 25_000_000;

  private final StoreSettings settings;
  private final ReadPool reads;
  private final CommitThread commits;

  Sweeper(StoreSettings settings, ReadPool reads, CommitThread commits) {
    this.settings = settings;
    this.reads = reads;
    this.commits = commits;
  }

  /** Deletes what retention no longer keeps, and chunks that nothing refers to. */
  void sweep() {
    while (deletePiece()) {
      continue;
    }
    deleteUnreferenced();
  }

  /** The same for what has expired or was forgotten, beside a server that is another process. */
  void sweepBesideServer() {
    while (deletePiece()) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private boolean deletePiece() {
    return commits.bulkNow(sql -> Retention.expire(sql, settings.now()));
  }

  private void deleteUnreferenced() {
    long before = settings.now() - settings.unreferencedKept().toSeconds();
    List<Long> chunks = List.of(0L);
    while (!chunks.isEmpty()) {
      // Found beside the writing thread, which only looks again at what it deletes.
      long last = chunks.get(chunks.size() - 1);
      List<Long> next = reads.read(sql -> Retention.unreferenced(sql, before, last));
      commits.bulkNow(
          sql -> {
            Retention.deleteUnreferenced(sql, before, next);
            return true;
          });
      chunks = next;
    }
  }
}
