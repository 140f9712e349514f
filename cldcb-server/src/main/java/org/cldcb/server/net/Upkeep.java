package org.cldcb.server.net;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.cldcb.server.session.RevocationWatch;
import org.cldcb.server.store.BackupStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is done by the clock: retention, checking for rot, and watching for revocations. */
final class Upkeep implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
  private static final long PERIOD_SECONDS = 60;
  private static final long ROOM_SECONDS = 1;
  private static final long SCRUB_BYTES = 8 << 20;
  private static final long WATCH_MILLIS = 100;
  private static final long STOP_SECONDS = 5;

  private final BackupStore store;
  private final Set<String> failing = new HashSet<>();
  private final ScheduledExecutorService keeper = thread("upkeep");
  private final ScheduledExecutorService watcher = thread("revocations");

  private Upkeep(BackupStore store) {
    this.store = store;
  }

  static Upkeep start(BackupStore store, RevocationWatch watch) {
    Upkeep upkeep = new Upkeep(store);
    upkeep.keeper.scheduleWithFixedDelay(
        Fatal.task(upkeep::makeRoom), 0, ROOM_SECONDS, TimeUnit.SECONDS);
    upkeep.keeper.scheduleWithFixedDelay(
        Fatal.task(upkeep::keep), PERIOD_SECONDS, PERIOD_SECONDS, TimeUnit.SECONDS);
    upkeep.watcher.scheduleWithFixedDelay(
        Fatal.task(watch), 0, WATCH_MILLIS, TimeUnit.MILLISECONDS);
    return upkeep;
  }

  private void makeRoom() {
    attempt("making room", store::makeRoom);
  }

  private void keep() {
    attempt("retention", store::sweep);
    attempt("scrubbing", () -> store.scrub(SCRUB_BYTES));
  }

  /** One that fails must not keep it from being tried again; it is said once until it works. */
  private void attempt(String what, Runnable task) {
    try {
      task.run();
      failing.remove(what);
    } catch (RuntimeException e) {
      if (failing.add(what)) {
        LOG.error("{} failed", what, e);
      }
    }
  }

  @Override
  public void close() {
    keeper.shutdownNow();
    watcher.shutdownNow();
    try {
      keeper.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
      watcher.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static ScheduledExecutorService thread(String name) {
    return Executors.newSingleThreadScheduledExecutor(new DefaultThreadFactory(name, true));
  }
}
