package org.cldcb.client.cli;

import java.util.function.LongFunction;
import java.util.function.LongSupplier;

/** How fast long work is, and how long the rest takes at that speed. Not thread-safe. */
final class Pace {
  private static final double NANOS = 1e9;

  private final LongFunction<String> amount;
  private final LongSupplier clock;
  private final long start;

  /**
   * Of work that starts now.
   *
   * @param amount so much of it in words
   * @param clock nanoseconds
   */
  Pace(LongFunction<String> amount, LongSupplier clock) {
    this.amount = amount;
    this.clock = clock;
    start = clock.getAsLong();
  }

  /** Nanoseconds since the start. */
  long elapsed() {
    return clock.getAsLong() - start;
  }

  /** {@code 1.0 MB of 5.0 MB, 0.5 MB/s, 8 s left}; no speed in the first second. */
  String text(long done, long total) {
    String text = amount.apply(done) + " of " + amount.apply(total);
    double seconds = elapsed() / NANOS;
    if (seconds < 1 || done <= 0) {
      return text;
    }
    double speed = done / seconds;
    String left = done < total ? ", " + left((total - done) / speed) : "";
    return text + ", " + amount.apply(Math.round(speed)) + "/s" + left;
  }

  private static String left(double seconds) {
    return Messages.span((long) Math.ceil(seconds)) + " left";
  }
}
