package org.cldcb.client.recover.pipe;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Work that is done in the order in which it is brought, on a thread of its own. What waits is
 * bounded: who brings more waits as well. Where a piece of work fails, none after it is done, and
 * who brings it is told why. For one thread that brings work.
 */
public final class Stage implements AutoCloseable {
  /** What a piece of work takes itself. */
  private static final int PIECE_BYTES = 512;

  private static final int NEWS_MILLIS = 200;

  private final int limit;
  private final Semaphore room;
  private final ExecutorService thread;
  private volatile @Nullable Failed failed;
  private volatile boolean closed;

  /**
   * Nothing to do yet.
   *
   * @param limit bytes that wait or are worked on at most, but for one piece that alone has more
   */
  public Stage(String name, int limit) {
    this.limit = limit;
    room = new Semaphore(limit);
    thread = Executors.newSingleThreadExecutor(work -> daemon(work, name));
  }

  /** A piece of work. */
  @FunctionalInterface
  public interface Work extends AutoCloseable {
    void run() throws IOException;

    /** Frees what it holds, whether it was done or not. */
    @Override
    default void close() throws IOException {}
  }

  /**
   * Has this done behind all else.
   *
   * @param bytes that it holds
   * @throws IOException if work that was brought has failed
   */
  public void add(long bytes, Work work) throws IOException {
    int taken = (int) Math.min(limit, PIECE_BYTES + bytes);
    room.acquireUninterruptibly(taken);
    thread.execute(() -> run(work, taken));
    throwFailure();
  }

  /**
   * Waits until all is done.
   *
   * @param meanwhile is run now and then
   * @throws IOException if any of it has failed
   */
  public void finish(Runnable meanwhile) throws IOException {
    try {
      while (!room.tryAcquire(limit, NEWS_MILLIS, TimeUnit.MILLISECONDS)) {
        meanwhile.run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while the rest is worked on");
    }
    room.release(limit);
    meanwhile.run();
    throwFailure();
  }

  /** Drops what waits, and ends the thread when what is under way is done. */
  @Override
  public void close() {
    closed = true;
    room.acquireUninterruptibly(limit);
    room.release(limit);
    thread.shutdown();
  }

  private void run(Work work, int taken) {
    try (work) {
      if (failed == null && !closed) {
        work.run();
      }
    } catch (IOException | RuntimeException | Error e) {
      failed = new Failed(e);
    } finally {
      room.release(taken);
    }
  }

  private void throwFailure() throws IOException {
    Failed failure = failed;
    if (failure != null) {
      throw failure.rethrow();
    }
  }

  private static Thread daemon(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }
}
