package org.cldcb.client.cli;

import java.io.PrintWriter;
import org.cldcb.base.Progress;

/** A line every five seconds, and one at the end. */
final class ProgressLines implements Progress {
  private static final long INTERVAL_NANOS = 5_000_000_000L;

  private final String what;
  private final PrintWriter err;
  private long last = System.nanoTime();

  ProgressLines(String what, PrintWriter err) {
    this.what = what;
    this.err = err;
  }

  @Override
  public void progress(long done, long total) {
    long now = System.nanoTime();
    if (done < total && now - last < INTERVAL_NANOS) {
      return;
    }
    last = now;
    err.println(what + ": " + Messages.bytes(done) + " of " + Messages.bytes(total));
    err.flush();
  }
}
