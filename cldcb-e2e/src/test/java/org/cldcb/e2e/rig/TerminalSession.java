package org.cldcb.e2e.rig;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A command on a terminal of its own, and somebody who reads it and types; script(1) of util-linux
 * makes the terminal. Not thread-safe.
 */
public final class TerminalSession implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Process process;
  private final StringBuffer output = new StringBuffer();
  private final Thread reader;
  private int read;

  TerminalSession(Process process) {
    this.process = process;
    reader = new Thread(this::readOutput, "terminal");
    reader.setDaemon(true);
    reader.start();
  }

  /** What makes a terminal and runs the command on it, ending with its exit code. */
  static List<String> onTerminal(List<String> command) {
    String line =
        command.stream()
            .map(word -> "'" + word.replace("'", "'\\''") + "'")
            .collect(Collectors.joining(" "));
    // Else script turns the echo off where its own stdin isn't a terminal.
    return List.of("script", "--echo", "always", "-qefc", line, "/dev/null");
  }

  /**
   * Waits until the screen shows this text, after what was expected before.
   *
   * @throws AssertionError if that takes too long, or the command ends without it
   */
  public TerminalSession expect(String text) {
    Waiting.until(
        () -> output.indexOf(text, read) >= 0 || !reader.isAlive(),
        LIMIT,
        () -> "'" + text + "' on this screen:\n" + output);
    int found = output.indexOf(text, read);
    if (found < 0) {
      throw new AssertionError("'" + text + "' isn't on this screen:\n" + output);
    }
    read = found + text.length();
    return this;
  }

  /** Types a line and Enter. */
  public TerminalSession type(String line) {
    try {
      OutputStream keyboard = process.getOutputStream();
      keyboard.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      keyboard.flush();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for the end of the command, and returns its exit code. */
  public int end() {
    try {
      if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("the command doesn't end; its screen:\n" + output);
      }
      reader.join(LIMIT.toMillis());
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** All that the screen showed so far. */
  public String screen() {
    return output.toString();
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private void readOutput() {
    byte[] buffer = new byte[4096];
    try (InputStream in = process.getInputStream()) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        output.append(new String(buffer, 0, n, StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      output.append("(broken off: ").append(e.getMessage()).append(')');
    }
  }
}
