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
 * The conversation with lightningd. This thread only reads and hands on, so that {@code init} is
 * answered, and the end of lightningd noticed, while a write waits for the server.
 */
final class Plugin {
  private static final String MANIFEST =
      "{\"options\":[],\"rpcmethods\":[],\"subscriptions\":[\"shutdown\"],"
          + "\"hooks\":[{\"name\":\"db_write\"}],\"dynamic\":true}";

  private final Path wrapper;
  private final InputStream in;
  private final JsonRpcOutput out;
  private final InstantSource clock = InstantSource.system();

  Plugin(Path wrapper, InputStream in, OutputStream out) {
    this.wrapper = wrapper;
    this.in = in;
    this.out = new JsonRpcOutput(out);
  }

  /** Returns when lightningd has closed its end. */
  void serve() throws IOException {
    // lightningd starts plugins in its network folder, where the database lies as well.
    Path started = Path.of("");
    RecordDraft.Factory drafts = new RecordDraft.Factory(started, clock);
    JsonRpcInput input = new JsonRpcInput(in, drafts);
    Writes writes = new Writes(wrapper, started, out, clock);
    for (Incoming message = input.next(); message != null; message = input.next()) {
      if (message instanceof Incoming.DbWrite write) {
        writes.take(write);
        drafts.prepare();
      } else if (message instanceof Incoming.Request request) {
        answer(request, writes);
      } else if (message instanceof Incoming.Notification notification
          && notification.method().equals("shutdown")) {
        writes.leaveWhenIdle();
      }
    }
  }

  private void answer(Incoming.Request request, Writes writes) throws IOException {
    boolean manifest = request.method().equals("getmanifest");
    out.answer(request.id(), manifest ? MANIFEST : "{}");
    if (manifest) {
      writes.warmUp();
    }
  }
}
