package org.cldcb.client.recover;

import java.io.InterruptedIOException;
import java.time.Duration;
import org.cldcb.client.cli.Terminal;
import org.cldcb.link.ConnectionLostException;

/**
 * Waits out broken connections, as long as it goes forward between two of them: a line that drops
 * every minute is no reason to lose a recovery, a server that is gone is. Not thread-safe.
 */
final class Patience {
  private static final int FRUITLESS = 8;

  private final Terminal terminal;
  private final Duration longest;
  private int fruitless;
  private long reached;

  /**
   * For one stretch of work.
   *
   * @param terminal where it says that it waits
   */
  Patience(Source source, Terminal terminal) {
    this.terminal = terminal;
    longest = source.longestPause();
  }

  /**
   * Waits a moment.
   *
   * @param progress a number that grows with what was read
   * @throws ConnectionLostException the given one, if trying again has led nowhere
   */
  void after(ConnectionLostException e, long progress)
      throws ConnectionLostException, InterruptedIOException {
    fruitless = progress > reached ? 0 : fruitless + 1;
    reached = Math.max(reached, progress);
    if (fruitless == FRUITLESS) {
      throw e;
    }
    terminal.note(RecoverMessages.goingOn(e));
    pause();
  }

  private void pause() throws InterruptedIOException {
    Duration pause = Duration.ofSeconds(1L << Math.min(fruitless, 3));
    try {
      Thread.sleep((pause.compareTo(longest) < 0 ? pause : longest).toMillis());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for the server");
    }
  }
}
