package org.cldcb.server.session;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.cldcb.format.ChunkList;
import org.cldcb.server.store.BackupStore;
import org.cldcb.server.store.Writer;
import org.jspecify.annotations.Nullable;

/** The one base that a session may have in the making. Lives on the event loop. */
final class BaseInTheMaking {
  private final BackupStore store;
  private final Writer writer;
  private long number;
  private long offered;
  private boolean beginning;
  private boolean ended;

  BaseInTheMaking(BackupStore store, Writer writer) {
    this.store = store;
    this.writer = writer;
  }

  /**
   * Begins a base in place of the one that there may be.
   *
   * @return completes on the event loop
   */
  CompletableFuture<Void> begin(Executor eventLoop) {
    drop();
    offered = 0;
    beginning = true;
    return store.beginBase(writer).handleAsync(this::begun, eventLoop).thenCompose(begun -> begun);
  }

  private CompletableFuture<Void> begun(@Nullable Long begun, @Nullable Throwable failure) {
    beginning = false;
    if (failure != null) {
      return CompletableFuture.failedFuture(failure);
    }
    number = begun == null ? 0 : begun;
    if (ended) {
      drop();
    }
    return CompletableFuture.completedFuture(null);
  }

  /** Whether the number isn't known yet; no request is handled meanwhile. */
  boolean isBeginning() {
    return beginning;
  }

  /** What the store knows it by; 0 if there is none. */
  long number() {
    return number;
  }

  /** Counts what is offered for it, if there is one: docs/FORMAT.md §7 has the limit. */
  void offered(int chunks) throws OverLimitException {
    offered += chunks;
    if (number != 0 && offered > ChunkList.MAX) {
      throw new OverLimitException("a base has at most " + ChunkList.MAX + " chunks");
    }
  }

  void committed(long committed) {
    if (number == committed) {
      number = 0;
    }
  }

  /** The session is over. */
  void end() {
    ended = true;
    drop();
  }

  private void drop() {
    if (number != 0) {
      store.dropBase(number);
      number = 0;
    }
  }
}
