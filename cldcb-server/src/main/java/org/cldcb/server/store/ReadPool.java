package org.cldcb.server.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Function;
import java.util.function.Supplier;

/** A few connections for reading, lent out one at a time. Thread-safe. */
final class ReadPool implements AutoCloseable {
  private static final int SIZE = 2;

  private final BlockingQueue<Sql> idle = new ArrayBlockingQueue<>(SIZE);

  ReadPool(Supplier<Sql> connections) {
    for (int i = 0; i < SIZE; i++) {
      idle.add(connections.get());
    }
  }

  <T> T read(Function<Sql, T> body) {
    Sql sql = borrow();
    try {
      return body.apply(sql);
    } finally {
      idle.add(sql);
    }
  }

  /** Waits for those that read. Whoever reads later fails instead of waiting for ever. */
  @Override
  public void close() {
    List<Sql> all = new ArrayList<>();
    for (int i = 0; i < SIZE; i++) {
      all.add(borrow());
    }
    all.forEach(Sql::close);
    idle.addAll(all);
  }

  private Sql borrow() {
    try {
      return idle.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException("interrupted while waiting for the store", e);
    }
  }
}
