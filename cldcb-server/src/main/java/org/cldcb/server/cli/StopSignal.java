package org.cldcb.server.cli;

import java.util.concurrent.CountDownLatch;
import sun.misc.Signal;

/**
 * Waits until somebody wants the server to stop. A shutdown hook would not do: the exit code would
 * be that of the signal, and what is to be deleted on exit would stay.
 */
final class StopSignal {
  private final CountDownLatch asked = new CountDownLatch(1);

  /** From now on SIGTERM and SIGINT count as asking. */
  StopSignal() {
    Signal.handle(new Signal("TERM"), signal -> asked.countDown());
    Signal.handle(new Signal("INT"), signal -> asked.countDown());
  }

  void await() {
    try {
      asked.await();
    } catch (InterruptedException e) {
      // Asked for by other means.
      Thread.currentThread().interrupt();
    }
  }
}
