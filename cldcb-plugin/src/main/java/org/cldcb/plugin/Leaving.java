package org.cldcb.plugin;

import java.io.IOException;
import java.util.function.LongSupplier;

/**
 * When to leave at a shutdown: lightningd goes on writing for a moment, and waits for us in the
 * end.
 */
final class Leaving {
  private static final long POLL_MILLIS = 10;

  /**
   * Silence after which to leave. The last writes come within some 100 ms of the notice, and a peer
   * that reconnects causes the next one after a second: leaving in the middle of a write would make
   * lightningd abort.
   */
  private static final long SILENCE_NANOS = 300_000_000L;

  /**
   * When to be content with less silence: a node that is stopped is silent by then, so this one
   * goes on and only stops the plugin, for which lightningd would wait 30 s.
   */
  private static final long PATIENCE_NANOS = 3_000_000_000L;

  private static final long SHORT_SILENCE_NANOS = 30_000_000L;

  private final long noticeNanos = System.nanoTime();
  private final LongSupplier lastHeardNanos;

  /**
   * Begins with the notice.
   *
   * @param lastHeardNanos {@link System#nanoTime} of the last sign of a write; now, while one is
   *     under way
   */
  Leaving(LongSupplier lastHeardNanos) {
    this.lastHeardNanos = lastHeardNanos;
  }

  /** Returns once there has been silence for long enough. */
  void awaitSilence() throws IOException, InterruptedException {
    while (!isSilent()) {
      Thread.sleep(POLL_MILLIS);
    }
  }

  private boolean isSilent() throws IOException {
    long now = System.nanoTime();
    long enough = now - noticeNanos < PATIENCE_NANOS ? SILENCE_NANOS : SHORT_SILENCE_NANOS;
    return Math.min(now - noticeNanos, now - lastHeardNanos.getAsLong()) > enough
        && System.in.available() == 0;
  }
}
