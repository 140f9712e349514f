package org.cldcb.plugin;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.cldcb.plugin.backup.Backup;
import org.cldcb.plugin.backup.HaltException;
import org.cldcb.plugin.backup.Journal;
import org.cldcb.plugin.rpc.Incoming.DbWrite;
import org.cldcb.plugin.rpc.JsonRpcOutput;
import org.jspecify.annotations.Nullable;

/**
 * The thread that answers db_write, one call at a time as lightningd sends them, and the one that
 * keeps the connection alive in between.
 */
final class Writes {
  /** With the time that a ping may take, a dead peer is found within 20 s. */
  private static final long KEEP_ALIVE_SECONDS = 10;

  private static final long IDLE_POLL_MILLIS = 50;
  private static final long LEAVING_POLL_MILLIS = 10;

  /**
   * Silence after which to leave at a shutdown. The last writes come within some 100 ms of the
   * notice, and a peer that reconnects causes the next one after a second: leaving in the middle of
   * a write would make lightningd abort.
   */
  private static final long SILENCE_NANOS = 300_000_000L;

  /**
   * When to be content with less silence: a node that is stopped is silent by then, so this one
   * goes on and only stops the plugin, for which lightningd would wait 30 s.
   */
  private static final long PATIENCE_NANOS = 3_000_000_000L;

  private static final long SHORT_SILENCE_NANOS = 30_000_000L;

  private static final long RETRY_MILLIS = 2000;

  private final Path wrapper;
  private final Path started;
  private final JsonRpcOutput out;
  private final Journal journal;
  private final BlockingQueue<DbWrite> calls = new LinkedBlockingQueue<>(1);
  private volatile boolean leaving;
  private volatile long lastHeardNanos;
  private volatile long noticeNanos;
  private volatile @Nullable Backup backup;

  Writes(Path wrapper, Path started, JsonRpcOutput out, InstantSource clock) {
    this.wrapper = wrapper;
    this.started = started;
    this.out = out;
    this.journal = new Journal(out, clock);
  }

  /** Starts the threads: called once, when the manifest is answered, so that it isn't delayed. */
  void warmUp() {
    start("writes", this::run);
    start("keep-alive", this::keepAlive);
  }

  /** Hands on a call. lightningd sends the next only when this one is answered. */
  void take(DbWrite call) throws IOException {
    if (!calls.offer(call)) {
      throw new IOException("lightningd sent a db_write while another one is under way");
    }
  }

  /** lightningd shuts down; it goes on writing for a moment, and waits for us in the end. */
  void leaveWhenIdle() {
    lastHeardNanos = System.nanoTime();
    noticeNanos = lastHeardNanos;
    leaving = true;
  }

  private void run() {
    try {
      open();
      while (true) {
        DbWrite call = calls.poll(pollMillis(), TimeUnit.MILLISECONDS);
        if (call != null) {
          answer(call);
          lastHeardNanos = System.nanoTime();
        } else if (leaving && isSilent()) {
          leave(0);
        }
      }
    } catch (InterruptedException | IOException | RuntimeException | Error e) {
      // Without this thread no write can be answered: lightningd would stand still for ever, and
      // silently. It aborts when the pipe closes.
      out.log(JsonRpcOutput.Level.BROKEN, "the plugin failed: " + e.getClass().getName());
      System.err.println("cldcb-plugin: " + e);
      leave(1);
    }
  }

  /** A short silence must be noticed only at the end; until then each look costs a wake-up. */
  private long pollMillis() {
    return leaving ? LEAVING_POLL_MILLIS : IDLE_POLL_MILLIS;
  }

  private boolean isSilent() throws IOException {
    long now = System.nanoTime();
    long enough = now - noticeNanos < PATIENCE_NANOS ? SILENCE_NANOS : SHORT_SILENCE_NANOS;
    return now - lastHeardNanos > enough && System.in.available() == 0;
  }

  /**
   * Ends the process. The pipe closes first, by which lightningd knows at once: halting waits up to
   * 300 ms for the thread that reads, and a write that began meanwhile would find nobody.
   */
  private void leave(int status) {
    out.close();
    Runtime.getRuntime().halt(status);
  }

  private void answer(DbWrite call) throws IOException, InterruptedException {
    try (var record = call.record()) {
      open().write(call);
      out.answer(call.id(), "{\"result\":\"continue\"}");
      open().prepare();
    } catch (HaltException e) {
      journal.halting(e);
      out.halt(call.id(), String.valueOf(e.getMessage()));
    }
  }

  private Backup open() throws InterruptedException {
    Backup open = backup;
    while (open == null) {
      try {
        open = Backup.open(wrapper, started, journal, new SecureRandom());
        backup = open;
      } catch (IOException e) {
        journal.waiting(String.valueOf(e.getMessage()));
        Thread.sleep(RETRY_MILLIS);
      }
    }
    return open;
  }

  private void keepAlive() {
    try {
      while (true) {
        TimeUnit.SECONDS.sleep(KEEP_ALIVE_SECONDS);
        Backup open = backup;
        if (open != null) {
          open.keepAlive();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void start(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }
}
