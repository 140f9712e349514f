package org.cldcb.plugin;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.cldcb.plugin.backup.Backup;
import org.cldcb.plugin.backup.HaltException;
import org.cldcb.plugin.backup.Journal;
import org.cldcb.plugin.rpc.Incoming.DbWrite;
import org.cldcb.plugin.rpc.JsonRpcOutput;
import org.jspecify.annotations.Nullable;

/** Answers db_write, one call at a time as lightningd sends them. Thread-safe. */
final class Writes {
  /** With the time that a ping may take, a dead peer is found within 20 s. */
  private static final long KEEP_ALIVE_SECONDS = 10;

  private static final long RETRY_MILLIS = 2000;

  private final Path wrapper;
  private final Path started;
  private final JsonRpcOutput out;
  private final ReadingTurn turn;
  private final Journal journal;
  private final AtomicBoolean underWay = new AtomicBoolean();
  private volatile long lastHeardNanos;
  private volatile @Nullable Backup backup;

  /** For writes that are answered by the thread whose turn it is. */
  Writes(Path wrapper, Path started, JsonRpcOutput out, ReadingTurn turn, InstantSource clock) {
    this.wrapper = wrapper;
    this.started = started;
    this.out = out;
    this.turn = turn;
    this.journal = new Journal(out, clock);
  }

  /**
   * Answers a call; passes the turn at the latest when there is something to wait for. lightningd
   * sends the next only when this one is answered.
   */
  void answer(DbWrite call) throws IOException, InterruptedException {
    if (!underWay.compareAndSet(false, true)) {
      throw new IOException("lightningd sent a db_write while another one is under way");
    }
    try (var record = call.record()) {
      Backup open = open();
      open.write(call, turn::pass);
      done();
      out.answer(call.id(), "{\"result\":\"continue\"}");
      open.prepare();
    } catch (HaltException e) {
      done();
      journal.halting(e);
      out.halt(call.id(), String.valueOf(e.getMessage()));
    }
  }

  /** Comes before the answer: the next call may be there right after it. */
  private void done() {
    lastHeardNanos = System.nanoTime();
    underWay.set(false);
  }

  /** Reads the wrapper and loads what a write needs, if that can be done now. */
  void warmUp() {
    try {
      if (backup == null) {
        openOnce();
      }
    } catch (IOException e) {
      // Said now, though only the first write waits for it, and tries again.
      journal.waiting(String.valueOf(e.getMessage()));
    }
  }

  private Backup open() throws InterruptedException {
    while (true) {
      Backup open = backup;
      if (open != null) {
        return open;
      }
      turn.pass();
      try {
        openOnce();
      } catch (IOException e) {
        journal.waiting(String.valueOf(e.getMessage()));
        Thread.sleep(RETRY_MILLIS);
      }
    }
  }

  private synchronized void openOnce() throws IOException {
    if (backup == null) {
      backup = Backup.open(wrapper, started, journal, new SecureRandom());
    }
  }

  /** Finds a dead connection while no write waits for it; never returns. */
  void keepAlive() throws InterruptedException {
    while (true) {
      TimeUnit.SECONDS.sleep(KEEP_ALIVE_SECONDS);
      Backup open = backup;
      if (open != null) {
        open.keepAlive();
      }
    }
  }

  /** {@link System#nanoTime} of the end of the last call; now, while one is under way. */
  long lastHeardNanos() {
    return underWay.get() ? System.nanoTime() : lastHeardNanos;
  }
}
