package org.cldcb.server.net;

/**
 * What becomes of a thread that dies: the process ends, so that whoever started it starts it anew.
 * A server that lived on without one of its threads would leave its nodes waiting, silently.
 */
public final class Fatal {
  private static final int EXIT_CODE = 1;

  private Fatal() {}

  /** From now on no thread dies alone. */
  public static void install() {
    Thread.setDefaultUncaughtExceptionHandler(Fatal::end);
  }

  /** The same for a task whose executor would keep its end to itself. */
  static Runnable task(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException | Error e) {
        end(Thread.currentThread(), e);
      }
    };
  }

  /** Not by way of exit(): its hooks may need what is broken. What was acknowledged is durable. */
  private static void end(Thread thread, Throwable e) {
    try {
      System.err.println(
          "cldcb-server: thread " + thread.getName() + " died, so the server ends: " + e);
    } finally {
      Runtime.getRuntime().halt(EXIT_CODE);
    }
  }
}
