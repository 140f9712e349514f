package org.cldcb.plugin;

import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is to read what lightningd sends: one thread's at a time. Whoever has read a write
 * answers it himself, since to hand it to another thread costs a wake-up; but before he waits for
 * anything he passes the turn, so that {@code init} is answered and lightningd's end noticed
 * meanwhile. Thread-safe.
 */
final class ReadingTurn {
  private final Semaphore free = new Semaphore(1);
  private volatile @Nullable Thread reader;

  /** Waits for the turn. */
  void take() throws InterruptedException {
    free.acquire();
    reader = Thread.currentThread();
  }

  /** Gives it to the other thread, if this one has it. */
  void pass() {
    if (reader == Thread.currentThread()) {
      reader = null;
      free.release();
    }
  }
}
