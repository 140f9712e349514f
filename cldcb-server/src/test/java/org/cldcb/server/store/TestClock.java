package org.cldcb.server.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The server's clock in the test's hands. */
final class TestClock implements InstantSource {
  private volatile Instant now = Instant.ofEpochSecond(1_700_000_000);

  @Override
  public Instant instant() {
    return now;
  }

  void advance(Duration time) {
    now = now.plus(time);
  }

  long seconds() {
    return now.getEpochSecond();
  }
}
