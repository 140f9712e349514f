package org.cldcb.client.cli;

import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;
import org.cldcb.base.Progress;

/** A bar on one line of a terminal, drawn anew for every percent and every half second. */
final class ProgressBar implements Progress {
  private static final int WIDTH = 30;
  private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final String what;
  private final Pace pace;
  private final PrintWriter err;
  private long percentDrawn = -1;
  private long drawnAt;
  private int length;

  ProgressBar(String what, Pace pace, PrintWriter err) {
    this.what = what;
    this.pace = pace;
    this.err = err;
  }

  @Override
  public void progress(long done, long total) {
    long percent = total == 0 ? 100 : done * 100 / total;
    long now = pace.elapsed();
    if (percent == percentDrawn && (percent == 100 || now - drawnAt < INTERVAL_NANOS)) {
      return;
    }
    percentDrawn = percent;
    drawnAt = now;
    draw(percent, pace.text(done, total));
    if (done >= total) {
      err.println();
      length = 0;
    }
    err.flush();
  }

  /** Leaves the line, if the cursor is on it, for others to write on. */
  void leave() {
    if (length > 0) {
      err.println();
      length = 0;
      percentDrawn = -1;
    }
  }

  private void draw(long percent, String text) {
    int filled = (int) (percent * WIDTH / 100);
    String bar = "#".repeat(filled) + ".".repeat(WIDTH - filled);
    String line = what + " [" + bar + "] " + percent + " % " + text;
    // Over what is left of a longer one.
    err.print("\r" + line + " ".repeat(Math.max(0, length - line.length())));
    length = line.length();
  }
}
