package org.cldcb.e2e.rig;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A plugin as lightningd sees it: a child with JSON-RPC on its standard streams. Thread-safe. */
final class PluginProcess {
  static final String VERSION = "v26.06.6";

  private static final byte[] END = "\n\n".getBytes(StandardCharsets.US_ASCII);

  private final Path executable;
  private final NodeLog log;
  private final Process process;
  private final OutputStream stdin;
  private final Map<String, CompletableFuture<JsonNode>> calls = new ConcurrentHashMap<>();
  private final AtomicInteger lastId = new AtomicInteger();
  private volatile boolean gone;
  private volatile boolean deserted;

  private PluginProcess(Path executable, NodeLog log, Process process) {
    this.executable = executable;
    this.log = log;
    this.process = process;
    this.stdin = process.getOutputStream();
  }

  static PluginProcess start(
      Path executable, Path networkDir, NodeLog log, Map<String, String> environment)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(executable.toString()).directory(networkDir.toFile());
    builder.environment().putAll(environment);
    builder.environment().put("LIGHTNINGD_PLUGIN", "1");
    builder.environment().put("LIGHTNINGD_VERSION", VERSION);
    PluginProcess plugin = new PluginProcess(executable, log, builder.start());
    daemon("stdout of " + executable, plugin::readMessages);
    daemon("stderr of " + executable, plugin::readStderr);
    return plugin;
  }

  Path executable() {
    return executable;
  }

  String name() {
    return executable.getFileName().toString();
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  /** Whether its standard output has ended. */
  boolean isGone() {
    return gone;
  }

  /**
   * Calls a method.
   *
   * @return its whole answer, or a {@link PluginGone}
   */
  CompletableFuture<JsonNode> call(String method, ObjectNode params) {
    String id = "cln:" + method + "#" + lastId.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    calls.put(id, answer);
    ObjectNode request = Json.object().put("jsonrpc", "2.0").put("id", id).put("method", method);
    request.set("params", params);
    try {
      send(request);
    } catch (IOException e) {
      answer.completeExceptionally(new PluginGone(name() + " doesn't read: " + e.getMessage()));
    }
    if (gone) {
      failCalls();
    }
    return answer;
  }

  void notify(String method) {
    ObjectNode message = Json.object().put("jsonrpc", "2.0").put("method", method);
    message.set("params", Json.object().set(method, Json.object()));
    try {
      send(message);
    } catch (IOException e) {
      log.add("lightningd", "debug", name() + " can't be notified: " + e.getMessage());
    }
  }

  /**
   * What a dead lightningd leaves: a plugin that reads the end of its standard input, and that
   * nobody listens to.
   */
  void desert() {
    deserted = true;
    try {
      stdin.close();
    } catch (IOException e) {
      log.add("lightningd", "debug", name() + " left unsent data: " + e.getMessage());
    }
  }

  /** Sends SIGKILL and waits until its end is noticed. */
  void kill() {
    process.destroyForcibly();
    Waiting.until(() -> gone, Duration.ofSeconds(10), () -> "the end of " + name());
  }

  boolean awaitExit(Duration limit) {
    try {
      return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private synchronized void send(ObjectNode message) throws IOException {
    stdin.write(Json.MAPPER.writeValueAsBytes(message));
    stdin.write(END);
    stdin.flush();
  }

  private void readMessages() {
    JsonFrames frames = new JsonFrames(process.getInputStream());
    try {
      for (String text = frames.next(); text != null; text = frames.next()) {
        if (!deserted) {
          receive(Json.parse(text));
        }
      }
    } catch (IOException | IllegalArgumentException e) {
      log.add("lightningd", "unusual", "killing " + name() + ": " + e.getMessage());
      process.destroyForcibly();
    }
    gone = true;
    failCalls();
  }

  private void receive(JsonNode message) {
    if (message.has("id")) {
      CompletableFuture<JsonNode> call = calls.remove(message.get("id").asText());
      if (call == null) {
        throw new IllegalArgumentException("an answer to nothing that was asked: " + message);
      }
      call.complete(message);
    } else if (message.path("method").asText().equals("log")) {
      JsonNode params = message.path("params");
      log.add(name(), params.path("level").asText(), params.path("message").asText());
    }
  }

  private void failCalls() {
    for (CompletableFuture<JsonNode> call : calls.values()) {
      call.completeExceptionally(new PluginGone(name() + " exited before it answered"));
    }
  }

  private void readStderr() {
    try (BufferedReader lines = process.errorReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        log.add(name(), "stderr", line);
      }
    } catch (IOException e) {
      log.add("lightningd", "debug", "stderr of " + name() + ": " + e.getMessage());
    }
  }

  private static void daemon(String name, Runnable body) {
    Thread thread = new Thread(body, name);
    thread.setDaemon(true);
    thread.start();
  }
}
