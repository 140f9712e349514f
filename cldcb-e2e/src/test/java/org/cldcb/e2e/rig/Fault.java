package org.cldcb.e2e.rig;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What a {@link FaultProxy} does to one connection, and where. A connection is counted in turns:
 * the client's first burst is turn 0, the server's answer turn 1, and so on at each change of
 * direction.
 */
public final class Fault {
  /** What happens. */
  public enum Action {
    /** Nothing. */
    NONE,
    /** Both ends get a reset. */
    RESET,
    /** Both ends get an end of stream. */
    CLOSE,
    /** Nothing is read or forwarded any more; both ends stay connected. */
    STALL,
    /** What the client sends from now on stays here until it is let go. */
    HOLD,
    /** The same, and the client gets an end of stream. */
    HANG_UP,
    /** A byte at a time, with a pause after each. */
    DRIP,
    /** A byte at a time. */
    SPLIT,
    /** A second connection to the server gets the same bytes. */
    TWICE
  }

  private final Action action;
  private final int turn;
  private final int bytes;
  private final CountDownLatch hit = new CountDownLatch(1);
  private final CountDownLatch letGo = new CountDownLatch(1);
  private final CountDownLatch over = new CountDownLatch(1);

  private Fault(Action action, int turn, int bytes) {
    this.action = action;
    this.turn = turn;
    this.bytes = bytes;
  }

  public static Fault none() {
    return new Fault(Action.NONE, 0, 0);
  }

  /** When a turn begins: all before has arrived, nothing of it will. */
  public static Fault at(int turn, Action action) {
    return new Fault(action, turn, 0);
  }

  /** When so many bytes of a turn were forwarded, and none after. */
  public static Fault within(int turn, int bytes, Action action) {
    return new Fault(action, turn, bytes);
  }

  /** Whether it has happened. */
  public boolean isHit() {
    return hit.getCount() == 0;
  }

  /** Waits until it happened. */
  public void awaitHit(Duration limit) {
    await(hit, limit, "the fault to happen");
  }

  /** Forwards what was held, then ends the connection; it waits for the client's end of stream. */
  public void letGo() {
    letGo.countDown();
  }

  /** Waits until the connection has ended on both sides. */
  public void awaitOver(Duration limit) {
    await(over, limit, "the end of the connection");
  }

  Action action() {
    return action;
  }

  boolean isHolding() {
    return isHit() && (action == Action.HOLD || action == Action.HANG_UP);
  }

  int turn() {
    return turn;
  }

  int bytes() {
    return bytes;
  }

  void hit() {
    hit.countDown();
  }

  void over() {
    over.countDown();
  }

  void awaitLetGo() throws InterruptedException {
    letGo.await();
  }

  private void await(CountDownLatch latch, Duration limit, String what) {
    try {
      if (!latch.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("waited in vain for " + what + ": " + this);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public String toString() {
    return action + " at turn " + turn + ", byte " + bytes;
  }
}
