package org.cldcb.plugin.backup;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.cldcb.plugin.rpc.JsonRpcOutput;
import org.cldcb.plugin.rpc.JsonRpcOutput.Level;
import org.jspecify.annotations.Nullable;

/**
 * What the plugin says in lightningd's log, and how often: what it waits for and since when,
 * without flooding. Thread-safe.
 */
public final class Journal {
  private static final Duration REPEAT = Duration.ofSeconds(10);

  private final JsonRpcOutput out;
  private final InstantSource clock;
  private @Nullable Instant since;
  private Instant said = Instant.EPOCH;
  private String reason = "";
  private String begun = "";

  public Journal(JsonRpcOutput out, InstantSource clock) {
    this.out = out;
    this.clock = clock;
  }

  void debug(String line) {
    out.log(Level.DEBUG, line);
  }

  void info(String line) {
    out.log(Level.INFO, line);
  }

  void unusual(String line) {
    out.log(Level.UNUSUAL, line);
  }

  void broken(String line) {
    out.log(Level.BROKEN, line);
  }

  /** lightningd is about to stop because of this. */
  public void halting(HaltException e) {
    broken(String.valueOf(e.getMessage()));
  }

  /** Something long begins; said once, however often it must begin anew until the wait is over. */
  synchronized void begins(String line) {
    if (!line.equals(begun)) {
      begun = line;
      unusual(line);
    }
  }

  /** lightningd stands still because of this. */
  public synchronized void waiting(String why) {
    Instant now = clock.instant();
    Instant start = since == null ? now : since;
    since = start;
    if (why.equals(reason) && Duration.between(said, now).compareTo(REPEAT) < 0) {
      return;
    }
    reason = why;
    said = now;
    unusual(
        "waiting since "
            + start.truncatedTo(ChronoUnit.SECONDS)
            + " (lightningd stands still until its write is safe): "
            + why);
  }

  /** What it waited for has come. */
  synchronized void goesOn() {
    begun = "";
    if (since != null) {
      unusual(
          "the wait is over after " + Duration.between(since, clock.instant()).toSeconds() + " s");
      since = null;
      reason = "";
    }
  }
}
