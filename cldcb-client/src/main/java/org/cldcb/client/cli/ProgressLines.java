package org.cldcb.client.cli;

import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;
import org.cldcb.base.Progress;

/** A line every five seconds, and one at the end. */
final class ProgressLines implements Progress {
  private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final String what;
  private final Pace pace;
  private final PrintWriter err;
  private long last;

  ProgressLines(String what, Pace pace, PrintWriter err) {
    this.what = what;
    this.pace = pace;
    this.err = err;
  }

  @Override
  public void progress(long done, long total) {
    long now = pace.elapsed();
    if (done < total && now - last < INTERVAL_NANOS) {
      return;
    }
    last = now;
    err.println(what + ": " + pace.text(done, total));
    err.flush();
  }
}
