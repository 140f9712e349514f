package org.cldcb.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import org.cldcb.plugin.rpc.Incoming;
import org.cldcb.plugin.rpc.JsonRpcInput;
import org.cldcb.plugin.rpc.JsonRpcOutput;
import org.cldcb.plugin.rpc.RecordDraft;

/**
 * The conversation with lightningd. Two threads take turns at reading it: one may wait for the
 * server with a write in its hands, the other reads on.
 */
final class Plugin {
  private static final String MANIFEST =
      "{\"options\":[],\"rpcmethods\":[],\"subscriptions\":[\"shutdown\"],"
          + "\"hooks\":[{\"name\":\"db_write\"}],\"dynamic\":true}";

  private final JsonRpcOutput out;
  private final RecordDraft.Factory drafts;
  private final JsonRpcInput input;
  private final ReadingTurn turn = new ReadingTurn();
  private final Writes writes;
  private volatile boolean warm;

  Plugin(Path wrapper, InputStream in, OutputStream out) throws IOException {
    this.out = new JsonRpcOutput(out);
    InstantSource clock = InstantSource.system();
    // lightningd starts plugins in its network folder, where the database lies as well.
    Path started = Path.of("");
    drafts = new RecordDraft.Factory(started, clock);
    input = new JsonRpcInput(in, drafts);
    writes = new Writes(wrapper, started, this.out, turn, clock);
  }

  /** Serves until lightningd is gone, then ends the process: this never returns. */
  void serve() {
    untilTheEnd(this::takeTurns);
  }

  private void untilTheEnd(Work work) {
    try {
      work.run();
    } catch (IOException e) {
      System.err.println("cldcb-plugin: " + e.getMessage());
      Exit.with(1, out);
    } catch (InterruptedException | RuntimeException | Error e) {
      // Without this thread a write may stay unanswered: lightningd would stand still for ever, and
      // silently. It aborts when the pipe closes.
      out.log(JsonRpcOutput.Level.BROKEN, "the plugin failed: " + e.getClass().getName());
      System.err.println("cldcb-plugin: " + e);
      Exit.with(1, out);
    }
    // lightningd is gone: whatever is still under way must not reach the server any more.
    Exit.with(0, out);
  }

  /** Returns when lightningd has closed its end; the turn is kept then. */
  private void takeTurns() throws IOException, InterruptedException {
    while (true) {
      turn.take();
      if (warm) {
        drafts.prepare();
      }
      Incoming message = input.next();
      if (message == null) {
        return;
      }
      if (message instanceof Incoming.DbWrite write) {
        writes.answer(write);
      } else {
        answer(message);
      }
      turn.pass();
    }
  }

  private void answer(Incoming message) throws IOException {
    if (message instanceof Incoming.Request request) {
      boolean manifest = request.method().equals("getmanifest");
      out.answer(request.id(), manifest ? MANIFEST : "{}");
      if (manifest) {
        warmUp();
      }
    } else if (message instanceof Incoming.Notification notification
        && notification.method().equals("shutdown")) {
      start("leaving", this::leave);
    }
  }

  /** Comes when the manifest is answered, so that it isn't delayed. */
  private void warmUp() {
    warm = true;
    start(
        "second reader",
        () -> {
          writes.warmUp();
          takeTurns();
        });
    start("keep-alive", writes::keepAlive);
  }

  private void leave() throws IOException, InterruptedException {
    new Leaving(writes::lastHeardNanos).awaitSilence();
  }

  /** What a thread does; when it returns, the process ends. */
  @FunctionalInterface
  private interface Work {
    void run() throws IOException, InterruptedException;
  }

  private void start(String name, Work work) {
    Thread thread = new Thread(() -> untilTheEnd(work), name);
    thread.setDaemon(true);
    thread.start();
  }
}
