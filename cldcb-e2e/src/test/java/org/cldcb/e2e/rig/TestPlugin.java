package org.cldcb.e2e.rig;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;

/**
 * A plugin that stores nothing, to test the rig with. It records what it is told, and answers as
 * the file {@code mode} beside its record says.
 */
public final class TestPlugin {
  /** How long it listens for a last write, once it was told of the shutdown. */
  private static final Duration LINGER = Duration.ofMillis(300);

  private final Path record;
  private final Path mode;

  private TestPlugin(Path folder) {
    this.record = folder.resolve("record");
    this.mode = folder.resolve("mode");
  }

  /** What it does with a db_write. */
  public enum Mode {
    CONTINUE,
    REFUSE,
    FAIL,
    EXIT,
    SILENT
  }

  /**
   * Writes the executable.
   *
   * @param folder where it records, and looks for its mode
   */
  static TestPlugin install(Path executable, Path folder) {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    String script =
        "#!/bin/sh\nexec '%s' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '%s' %s '%s'\n"
            .formatted(
                java, System.getProperty("java.class.path"), TestPlugin.class.getName(), folder);
    try {
      Files.createDirectories(executable.getParent());
      Files.createDirectories(folder);
      Files.writeString(executable, script);
      Files.setPosixFilePermissions(executable, PosixFilePermissions.fromString("rwx------"));
      TestPlugin plugin = new TestPlugin(folder);
      plugin.become(Mode.CONTINUE);
      return plugin;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void become(Mode next) throws IOException {
    Files.writeString(mode, next.name());
  }

  /** What it was told, a line each: {@code db_write 5}, {@code init}, ... */
  List<String> told() throws IOException {
    return Files.exists(record) ? Files.readAllLines(record) : List.of();
  }

  /** The plugin itself. */
  public static void main(String[] args) throws IOException {
    new TestPlugin(Path.of(args[0])).serve();
  }

  private void serve() throws IOException {
    JsonFrames messages = new JsonFrames(System.in);
    boolean leaving = false;
    while (!leaving || Waiting.within(messages::hasMore, LINGER)) {
      String text = messages.next();
      if (text == null) {
        note("eof", Json.object());
        return;
      }
      JsonNode message = Json.parse(text);
      String method = message.get("method").asText();
      note(method, message.path("params"));
      leaving |= method.equals("shutdown");
      if (message.has("id")) {
        answer(message.get("id"), method);
      }
    }
  }

  private void answer(JsonNode id, String method) throws IOException {
    switch (method) {
      case "getmanifest" -> send(id, "result", manifest());
      case "db_write" -> answerDbWrite(id);
      default -> send(id, "result", Json.object());
    }
  }

  private void answerDbWrite(JsonNode id) throws IOException {
    switch (Mode.valueOf(Files.readString(mode))) {
      case CONTINUE -> send(id, "result", Json.object().put("result", "continue"));
      case REFUSE ->
          send(id, "result", Json.object().put("result", "halt").put("message", "refused"));
      case FAIL -> send(id, "error", Json.object().put("code", -1).put("message", "failed"));
      case EXIT -> System.exit(1);
      case SILENT -> log("silent");
    }
  }

  private static ObjectNode manifest() {
    ObjectNode manifest = Json.object().put("dynamic", true);
    manifest.putArray("options");
    manifest.putArray("rpcmethods");
    manifest.putArray("subscriptions").add("shutdown");
    manifest.putArray("hooks").addObject().put("name", "db_write");
    return manifest;
  }

  private static void log(String line) {
    ObjectNode message = Json.object().put("jsonrpc", "2.0").put("method", "log");
    message.set("params", Json.object().put("level", "unusual").put("message", line));
    print(message);
  }

  private static void send(JsonNode id, String kind, ObjectNode value) {
    ObjectNode answer = Json.object().put("jsonrpc", "2.0");
    answer.set("id", id);
    answer.set(kind, value);
    print(answer);
  }

  private static void print(ObjectNode message) {
    byte[] bytes = (message + "\n\n").getBytes(StandardCharsets.UTF_8);
    System.out.write(bytes, 0, bytes.length);
    System.out.flush();
  }

  private void note(String method, JsonNode params) throws IOException {
    String detail = params.has("data_version") ? " " + params.get("data_version").asText() : "";
    Files.writeString(
        record, method + detail + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
