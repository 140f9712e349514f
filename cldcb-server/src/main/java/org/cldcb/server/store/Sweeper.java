package org.cldcb.server.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.cldcb.crypto.PublicKey;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes what need not be kept, a piece at a time, so that appends get in between. For one thread.
 */
final class Sweeper {
  private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);

  /** Another process that waits for the lock looks for it again within about this time. */
  private static final long PAUSE_NANOS = 25_000_000;

  private final StoreSettings settings;
  private final ReadPool reads;
  private final CommitThread commits;
  private Space.Level level = Space.Level.ENOUGH;

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

  /** Deletes former generations before their time while room is short, and says so. */
  void makeRoom() {
    Space space = reads.read(settings::space);
    while (space.deletingHelps() && hasten(space)) {
      space = reads.read(settings::space);
    }
    if (space.level() != level) {
      level = space.level();
      switch (level) {
        case ENOUGH -> LOG.info("{}", space.sentence());
        case SHORT -> LOG.warn("{}; none is left", space.sentence());
        case NO_BASES, FULL -> LOG.error("{}; make room on the disk", space.sentence());
      }
    }
  }

  /** Deletes the oldest of all; false if there is none. */
  private boolean hasten(Space before) {
    return hasten(
        null,
        former ->
            LOG.warn(
                "room is short: {}: {} bytes free in the store's file, {} before",
                sentence(former),
                reads.read(settings::space).inFile(),
                before.inFile()));
  }

  /** Deletes the oldest of a node that is over its quota; false if there is none. */
  boolean hasten(PublicKey node) {
    return hasten(node, former -> LOG.warn("a quota is used up: {}", sentence(former)));
  }

  private boolean hasten(@Nullable PublicKey node, Consumer<Retention.Former> report) {
    Optional<Retention.Former> oldest =
        commits.bulkNow(sql -> Retention.hasten(sql, settings.now(), node));
    oldest.ifPresent(
        former -> {
          sweep();
          report.accept(former);
        });
    return oldest.isPresent();
  }

  private static String sentence(Retention.Former former) {
    return "generation "
        + former.generation()
        + " of node "
        + former.backup().nodeId()
        + " on "
        + former.backup().network()
        + " deleted before its time, which was until "
        + Instant.ofEpochSecond(former.expires());
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
