package org.cldcb.e2e.rig;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A node in a JVM of its own, so that killing it is what it is to a real one. Commands are those of
 * {@link RigMain}. Not thread-safe.
 */
public final class RigProcess implements AutoCloseable {
  private final Process process;
  private final OutputStream commands;
  private final OutputLines answers;
  private final OutputLines log;
  private int asked;

  private RigProcess(Process process) {
    this.process = process;
    this.commands = process.getOutputStream();
    this.answers = new OutputLines(process.getInputStream());
    this.log = new OutputLines(process.getErrorStream());
  }

  /** Starts a node that plays this trace, when it is told to. */
  public static RigProcess start(LightningDir dir, String trace) {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    List<String> command =
        List.of(
            java.toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            RigMain.class.getName(),
            dir.base().toString(),
            trace);
    try {
      return new RigProcess(new ProcessBuilder(command).start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends a command and doesn't wait for its answer. */
  public void tell(String command) {
    try {
      commands.write((command + "\n").getBytes(StandardCharsets.UTF_8));
      commands.flush();
      asked++;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Sends a command.
   *
   * @return the data_version after it, 0 if the node is down
   * @throws AssertionError if it isn't answered in time
   */
  public long ask(String command, Duration limit) {
    tell(command);
    Waiting.until(
        () -> answers.lines().size() >= asked || !process.isAlive(),
        limit,
        () -> command + "; " + log.lines());
    List<String> lines = answers.lines();
    if (lines.size() < asked) {
      throw new NodeDied("the node died of " + command + ": " + log.text());
    }
    return Long.parseLong(lines.get(asked - 1).replaceFirst("^ok ", ""));
  }

  /** Sends a command that ends the process, and waits for that. */
  public void askToCrash(String command) {
    tell(command);
    awaitEnd();
  }

  /** kill -9. */
  public void kill9() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** The processes of its plugins. */
  public List<ProcessHandle> plugins() {
    return process.children().toList();
  }

  /** lightningd's log up to now. */
  public List<String> log() {
    return log.lines();
  }

  /** Kills it with its plugins. */
  @Override
  public void close() {
    List<ProcessHandle> children = process.descendants().toList();
    kill9();
    children.forEach(ProcessHandle::destroyForcibly);
  }

  private void awaitEnd() {
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        throw new AssertionError("the node doesn't end; " + log.lines());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
