package org.cldcb.server.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/**
 * The one thread that writes. It takes all that waits, runs it in one transaction, and only then
 * completes the futures: group commit, batched by what waits, never by a timer. Thread-safe.
 */
final class CommitThread implements AutoCloseable {
  private static final int MAX_URGENT = 1024;
  private static final long MAX_BULK_BYTES = 1 << 20;
  private static final int MAX_BULK = 256;

  private final Sql sql;
  private final Queue<Work<?>> urgent = new ArrayDeque<>();
  private final Queue<Work<?>> bulk = new ArrayDeque<>();
  private final Thread thread = new Thread(this::run, "commit");
  private boolean closing;

  CommitThread(Sql sql) {
    this.sql = sql;
    thread.start();
  }

  /** One request: what to do within the transaction, and who waits for it. */
  private record Work<T>(Function<Sql, T> body, long bytes, CompletableFuture<T> future) {
    /** Runs, and gives what is to be done once it is durable. */
    Runnable attempt(Sql sql) {
      T result = body.apply(sql);
      return () -> future.complete(result);
    }
  }

  /** What a lightningd waits for. */
  <T> CompletableFuture<T> urgent(Function<Sql, T> body) {
    return add(urgent, new Work<>(body, 0, new CompletableFuture<>()));
  }

  /** What nobody waits for; each transaction takes only so much of it. */
  <T> CompletableFuture<T> bulk(long bytes, Function<Sql, T> body) {
    return add(bulk, new Work<>(body, bytes, new CompletableFuture<>()));
  }

  /** The same, waiting until it is done. */
  <T> T urgentNow(Function<Sql, T> body) {
    return join(urgent(body));
  }

  /** The same, waiting until it is done. */
  <T> T bulkNow(Function<Sql, T> body) {
    return join(bulk(0, body));
  }

  private static <T> T join(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof StoreException store ? store : new StoreException("failed", e);
    }
  }

  /** Commits what waits, then ends. */
  @Override
  public void close() {
    synchronized (this) {
      closing = true;
      notifyAll();
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    sql.close();
  }

  private synchronized <T> CompletableFuture<T> add(Queue<Work<?>> queue, Work<T> work) {
    if (closing) {
      return CompletableFuture.failedFuture(new StoreException("the store is closed"));
    }
    queue.add(work);
    notifyAll();
    return work.future();
  }

  private void run() {
    for (List<Work<?>> batch = take(); !batch.isEmpty(); batch = take()) {
      commit(batch);
    }
  }

  /** Waits for work; an empty batch means the end. */
  private synchronized List<Work<?>> take() {
    try {
      while (urgent.isEmpty() && bulk.isEmpty() && !closing) {
        wait();
      }
    } catch (InterruptedException e) {
      closing = true;
    }
    List<Work<?>> batch = new ArrayList<>();
    while (!urgent.isEmpty() && batch.size() < MAX_URGENT) {
      batch.add(urgent.remove());
    }
    long bytes = 0;
    for (int n = 0; n < MAX_BULK && !bulk.isEmpty() && bytes < MAX_BULK_BYTES; n++) {
      Work<?> work = bulk.remove();
      bytes += work.bytes();
      batch.add(work);
    }
    return batch;
  }

  private void commit(List<Work<?>> batch) {
    try {
      inTransaction(batch).forEach(Runnable::run);
    } catch (RuntimeException | Error e) {
      // Even an Error must not end the thread: all who wait would wait for ever.
      rollback();
      if (batch.size() == 1) {
        batch.get(0).future().completeExceptionally(e);
      } else {
        // One of them is at fault: alone, the others go through.
        batch.forEach(work -> commit(List.of(work)));
      }
    }
  }

  private List<Runnable> inTransaction(List<Work<?>> batch) {
    List<Runnable> done = new ArrayList<>(batch.size());
    sql.begin();
    for (Work<?> work : batch) {
      done.add(work.attempt(sql));
    }
    sql.commit();
    return done;
  }

  private void rollback() {
    try {
      sql.rollback();
    } catch (StoreException e) {
      // SQLite has rolled back by itself, as it does after a full disk or an I/O error.
      return;
    }
  }
}
