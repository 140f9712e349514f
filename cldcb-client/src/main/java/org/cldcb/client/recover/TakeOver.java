package org.cldcb.client.recover;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.cldcb.client.cli.Failure;
import org.cldcb.client.cli.Terminal;

/**
 * The operator's consent to take a backup over from a node that may be alive, which a write of the
 * last hour hints at. Not thread-safe.
 */
final class TakeOver {
  private static final Duration MAYBE_ALIVE = Duration.ofHours(1);

  private final InstantSource clock;
  private final Terminal terminal;
  private boolean agreed;

  /**
   * Consent for one recovery.
   *
   * @param agreed it was given already
   */
  TakeOver(InstantSource clock, Terminal terminal, boolean agreed) {
    this.clock = clock;
    this.terminal = terminal;
    this.agreed = agreed;
  }

  /** Whether it may go on without a question. */
  boolean covers(Instant lastWrite) {
    return agreed || age(lastWrite).compareTo(MAYBE_ALIVE) >= 0;
  }

  /** Asks where that is needed; fails where nobody agrees. */
  void require(Instant lastWrite) {
    if (covers(lastWrite)) {
      return;
    }
    String answer = ask(lastWrite);
    if (!answer.matches("(?i)y|yes")) {
      throw RecoverMessages.notTakenOver();
    }
    agreed = true;
  }

  /** The same for a write that was this long ago. */
  void requireUpTo(Duration age) {
    require(clock.instant().minus(age));
  }

  /** How long ago, by this machine's clock. */
  Duration age(Instant lastWrite) {
    return Duration.between(lastWrite, clock.instant());
  }

  private String ask(Instant lastWrite) {
    try {
      return terminal.ask(RecoverMessages.askTakeOver(age(lastWrite)), "--take-over");
    } catch (Failure nobodyAnswers) {
      throw RecoverMessages.takeOverNeeded(age(lastWrite));
    }
  }
}
