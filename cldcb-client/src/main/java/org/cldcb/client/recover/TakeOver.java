package org.cldcb.client.recover;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.cldcb.cli.Failure;
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
    return covers(age(lastWrite));
  }

  /** Asks where that is needed; fails where nobody agrees. */
  void require(Instant lastWrite) {
    require(age(lastWrite));
  }

  /** The same for a write that was this long ago, by the word of a server that may say anything. */
  void require(Duration age) {
    if (covers(age)) {
      return;
    }
    String answer = ask(age);
    if (!answer.matches("(?i)y|yes")) {
      throw RecoverMessages.notTakenOver();
    }
    agreed = true;
  }

  /** How long ago, by this machine's clock. */
  Duration age(Instant lastWrite) {
    return Duration.between(lastWrite, clock.instant());
  }

  private boolean covers(Duration age) {
    return agreed || age.compareTo(MAYBE_ALIVE) >= 0;
  }

  private String ask(Duration age) {
    try {
      return terminal.ask(RecoverMessages.askTakeOver(age), "--take-over");
    } catch (Failure nobodyAnswers) {
      throw RecoverMessages.takeOverNeeded(age);
    }
  }
}
