package org.cldcb.server.session;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.cldcb.server.store.BackupId;

/**
 * Backups on which a claim is about to overtake a busy writer: for a moment, what others want to
 * commit waits for its turn (docs/PROTOCOL.md §4). Thread-safe.
 */
final class Holds {
  private static final int LIMIT_SECONDS = 10;

  private final Map<BackupId, Hold> holds = new HashMap<>();

  /** Who holds, and what waits meanwhile. */
  private record Hold(LiveSession by, List<Runnable> waiting) {}

  /** Begins a hold, or begins it anew; it ends by itself. */
  void begin(LiveSession by) {
    end(by);
    synchronized (this) {
      if (holds.putIfAbsent(by.backup(), new Hold(by, new ArrayList<>())) != null) {
        return;
      }
    }
    by.channel().eventLoop().schedule(() -> end(by), LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  /** Ends this session's hold, if it has one; what waited goes on. */
  void end(LiveSession by) {
    List<Runnable> waiting;
    synchronized (this) {
      Hold hold = holds.get(by.backup());
      if (hold == null || hold.by() != by) {
        return;
      }
      holds.remove(by.backup());
      waiting = hold.waiting();
    }
    waiting.forEach(Runnable::run);
  }

  /** Makes a request now, or when the hold that another session has is over. */
  <T> CompletableFuture<T> whenFree(LiveSession session, Supplier<CompletableFuture<T>> request) {
    CompletableFuture<Void> free = new CompletableFuture<>();
    synchronized (this) {
      Hold hold = holds.get(session.backup());
      if (hold == null || hold.by() == session) {
        return request.get();
      }
      hold.waiting().add(() -> free.complete(null));
    }
    return free.thenCompose(nothing -> request.get());
  }
}
