package org.cldcb.e2e.rig;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what another thread or process does. */
public final class Waiting {
  private static final int POLL_MILLIS = 5;

  private Waiting() {}

  /**
   * Waits until {@code done}.
   *
   * @throws AssertionError with {@code what}, if that takes longer than {@code limit}
   */
  public static void until(BooleanSupplier done, Duration limit, Supplier<String> what) {
    if (!within(done, limit)) {
      throw new AssertionError("waited " + limit.toMillis() + " ms in vain for " + what.get());
    }
  }

  /** Waits until {@code done}, at most {@code limit}; returns whether it came to that. */
  public static boolean within(BooleanSupplier done, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!done.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        return false;
      }
      sleep(Duration.ofMillis(POLL_MILLIS));
    }
    return true;
  }

  static void sleep(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
