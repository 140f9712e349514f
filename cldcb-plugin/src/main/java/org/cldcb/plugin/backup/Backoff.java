package org.cldcb.plugin.backup;

import java.util.concurrent.ThreadLocalRandom;

/** Pauses between tries: none before the second, then doubling up to a cap, each with jitter. */
final class Backoff {
  private static final long FIRST_MILLIS = 100;
  private static final long CAP_MILLIS = 5_000;

  private long next;

  /** Sleeps before the next try. */
  void pause() throws InterruptedException {
    Thread.sleep(nextMillis());
  }

  long nextMillis() {
    long half = next / 2;
    next = Math.min(CAP_MILLIS, Math.max(FIRST_MILLIS, next * 2));
    return half + ThreadLocalRandom.current().nextLong(half + 1);
  }
}
