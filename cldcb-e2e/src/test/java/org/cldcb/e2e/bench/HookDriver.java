package org.cldcb.e2e.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Plays lightningd towards one plugin with as little of its own as there can be: a request is ready
 * before the clock starts, and the thread that writes it to the pipe is the one that reads the
 * answer. No database is written; the plugin looks at its version at the first write only. Not
 * thread-safe.
 */
public final class HookDriver implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ID = "\"id\":\"bench\"";
  private static final String CONTINUE = "\"result\":{\"result\":\"continue\"}";
  private static final int END_SECONDS = 10;

  private final Process plugin;
  private final OutputStream out;
  private final InputStream in;

  private HookDriver(Process plugin) {
    this.plugin = plugin;
    out = plugin.getOutputStream();
    in = plugin.getInputStream();
  }

  /**
   * Starts a plugin and takes its manifest.
   *
   * @param networkDir where lightningd would start it
   */
  static HookDriver start(Path executable, Path networkDir) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(executable.toString())
            .directory(networkDir.toFile())
            .redirectError(Redirect.INHERIT);
    builder.environment().put("LIGHTNINGD_PLUGIN", "1");
    HookDriver driver = new HookDriver(builder.start());
    driver.call(request("getmanifest", JSON.createObjectNode()));
    return driver;
  }

  /** A db_write as it goes over the pipe. */
  public static byte[] dbWrite(long dataVersion, List<String> statements) throws IOException {
    ObjectNode params = JSON.createObjectNode().put("data_version", dataVersion);
    ArrayNode writes = params.putArray("writes");
    statements.forEach(writes::add);
    return request("db_write", params);
  }

  private static byte[] request(String method, ObjectNode params) throws IOException {
    String message =
        "{\"jsonrpc\":\"2.0\","
            + ID
            + ",\"method\":\""
            + method
            + "\",\"params\":"
            + JSON.writeValueAsString(params)
            + "}\n\n";
    return message.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Calls the hook.
   *
   * @return nanoseconds, from before the first byte is written until the answer is read
   * @throws IOException if the plugin ends, or says anything but continue
   */
  long hook(byte[] dbWrite) throws IOException {
    long start = System.nanoTime();
    String answer = call(dbWrite);
    long nanos = System.nanoTime() - start;
    if (!answer.contains(CONTINUE)) {
      throw new IOException("the plugin doesn't say continue: " + answer);
    }
    return nanos;
  }

  private String call(byte[] request) throws IOException {
    out.write(request);
    out.flush();
    String message = next();
    while (!message.contains(ID)) {
      message = next(); // before it came a line for the log
    }
    return message;
  }

  /** The next message; the empty line that ends it is read as well. */
  private String next() throws IOException {
    ByteArrayOutputStream message = new ByteArrayOutputStream(128);
    int last = 0;
    for (int c = in.read(); c != '\n' || last != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the plugin ended");
      }
      message.write(c);
      last = c;
    }
    return message.toString(StandardCharsets.UTF_8);
  }

  long pid() {
    return plugin.pid();
  }

  /** Ends as a killed lightningd does: the plugin reads the end, and leaves. */
  @Override
  public void close() throws IOException {
    try {
      out.close();
      plugin.waitFor(END_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      plugin.destroyForcibly();
    }
  }
}
