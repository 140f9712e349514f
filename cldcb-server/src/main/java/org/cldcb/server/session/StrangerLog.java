package org.cldcb.server.session;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.LoggerFactory;

/**
 * What is said of those that are turned away: a line a second at most, so that they can't fill the
 * disk or bury the rest of the log; the next one tells how many were left out. Thread-safe.
 */
public final class StrangerLog {
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Consumer<String> lines;
  private final LongSupplier nanoTime;
  private long free;
  private long unsaid;

  StrangerLog(Consumer<String> lines, LongSupplier nanoTime) {
    this.lines = lines;
    this.nanoTime = nanoTime;
    free = nanoTime.getAsLong();
  }

  /** A log of what one class does; each class has its own second. */
  public static StrangerLog of(Class<?> type) {
    return new StrangerLog(LoggerFactory.getLogger(type)::info, System::nanoTime);
  }

  /**
   * Says it, or counts it.
   *
   * @param who address or session
   * @param what the rest of the sentence
   */
  public synchronized void say(Object who, String what) {
    long now = nanoTime.getAsLong();
    if (now - free < 0) {
      unsaid++;
      return;
    }
    lines.accept(who + " " + what + (unsaid == 0 ? "" : " (and " + unsaid + " more before)"));
    free = now + PAUSE_NANOS;
    unsaid = 0;
  }
}
