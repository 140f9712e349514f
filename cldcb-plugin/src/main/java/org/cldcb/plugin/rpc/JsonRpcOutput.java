package org.cldcb.plugin.rpc;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Sends lightningd answers and log lines, each ended by an empty line. Thread-safe. */
public final class JsonRpcOutput implements AutoCloseable {
  /** lightningd kills a plugin that names a level it doesn't know. */
  public enum Level {
    DEBUG,
    INFO,
    UNUSUAL,
    BROKEN;

    private String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final OutputStream out;

  public JsonRpcOutput(OutputStream out) {
    this.out = out;
  }

  /**
   * Answers a request.
   *
   * @param id as it came
   * @param result JSON
   */
  public void answer(byte[] id, String result) throws IOException {
    ByteArrayOutputStream message = new ByteArrayOutputStream(128);
    message.writeBytes(utf8("{\"jsonrpc\":\"2.0\",\"id\":"));
    message.writeBytes(id);
    message.writeBytes(utf8(",\"result\":" + result + "}\n\n"));
    send(message.toByteArray());
  }

  /**
   * Fails a db_write, which makes lightningd abort. It prints the whole answer, so that the reason
   * is the last thing that its operator sees.
   */
  public void halt(byte[] id, String reason) throws IOException {
    answer(id, "{\"result\":\"halt\",\"message\":" + quoted("cldcb: " + reason) + "}");
  }

  /** Writes a line into lightningd's log. A line that can't be delivered has no reader any more. */
  public void log(Level level, String line) {
    String message =
        "{\"jsonrpc\":\"2.0\",\"method\":\"log\",\"params\":{\"level\":\""
            + level.word()
            + "\",\"message\":"
            + quoted(line)
            + "}}\n\n";
    try {
      send(utf8(message));
    } catch (IOException e) {
      // The reader of stdin sees the end as well, and stops the process.
      return;
    }
  }

  /** Closes the pipe: to lightningd this process is gone. */
  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      // Nobody reads any more.
      return;
    }
  }

  private synchronized void send(byte[] message) throws IOException {
    out.write(message);
    out.flush();
  }

  private static String quoted(String text) {
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
