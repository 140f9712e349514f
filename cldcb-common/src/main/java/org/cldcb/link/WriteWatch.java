package org.cldcb.link;

import java.util.ArrayList;
import java.util.List;

/**
 * Looks after all sockets of a process once a second, while there are any: so a write costs no more
 * than to note when it began. Thread-safe.
 */
final class WriteWatch {
  static final int EVERY_MILLIS = 1000;

  private static final List<BoundedOutput> WATCHED = new ArrayList<>();

  private WriteWatch() {}

  /** Watches until the socket is closed. */
  static void watch(BoundedOutput output) {
    synchronized (WATCHED) {
      WATCHED.add(output);
      if (WATCHED.size() == 1) {
        Thread thread = new Thread(WriteWatch::run, "write watch");
        thread.setDaemon(true);
        thread.start();
      }
    }
  }

  private static void run() {
    try {
      while (lookAround()) {
        Thread.sleep(EVERY_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether any is left to be watched. */
  private static boolean lookAround() {
    synchronized (WATCHED) {
      WATCHED.removeIf(BoundedOutput::isClosed);
      WATCHED.forEach(BoundedOutput::giveUpIfStuck);
      return !WATCHED.isEmpty();
    }
  }
}
