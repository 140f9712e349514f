package org.cldcb.plugin.backup;

import java.util.concurrent.ThreadLocalRandom;

/** Pauses between tries: none before the second, then doubling up to a cap, each with jitter. */
final class Backoff {
  private static final long FIRST_MILLIS = 100;
  private static final long CAP_MILLIS = 5_000;

  private long next;

  /** Sleeps before the next try. */
  void pause() throws InterruptedException {
    if (next > 0) {
      Thread.sleep(next / 2 + ThreadLocalRandom.current().nextLong(next / 2 + 1));
    }
    next = Math.min(CAP_MILLIS, Math.max(FIRST_MILLIS, next * 2));
  }
}
