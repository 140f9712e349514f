package org.cldcb.client.cli;

import java.io.PrintWriter;
import org.cldcb.base.Progress;

/** A bar on one line of a terminal, drawn anew for every percent. */
final class ProgressBar implements Progress {
  private static final int WIDTH = 30;

  private final String what;
  private final PrintWriter err;
  private long drawn = -1;

  ProgressBar(String what, PrintWriter err) {
    this.what = what;
    this.err = err;
  }

  @Override
  public void progress(long done, long total) {
    long percent = total == 0 ? 100 : done * 100 / total;
    if (percent == drawn) {
      return;
    }
    drawn = percent;
    int filled = (int) (percent * WIDTH / 100);
    String bar = "#".repeat(filled) + ".".repeat(WIDTH - filled);
    err.print("\r" + what + " [" + bar + "] " + percent + " % of " + Messages.bytes(total));
    if (done >= total) {
      err.println();
    }
    err.flush();
  }
}
