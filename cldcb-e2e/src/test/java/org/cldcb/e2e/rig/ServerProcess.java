package org.cldcb.e2e.rig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A running {@code cldcb-server}. */
public final class ServerProcess {
  private static final Duration START_LIMIT = Duration.ofSeconds(30);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
  private static final Pattern LISTENING = Pattern.compile("listening on \\S*?([0-9.]+):([0-9]+)");
  private static final Pattern PUBLIC_KEY = Pattern.compile("\\b(0[23][0-9a-f]{64})\\b");

  private final Executables executables;
  private final Process process;
  private final Path dataDir;
  private final String publicKey;
  private final String[] options;
  private final OutputLines out;
  private final OutputLines err;

  private ServerProcess(
      Executables executables, Process process, Path dataDir, String publicKey, String... options) {
    this.executables = executables;
    this.process = process;
    this.dataDir = dataDir;
    this.publicKey = publicKey;
    this.options = options;
    this.out = new OutputLines(process.getInputStream());
    this.err = new OutputLines(process.getErrorStream());
  }

  /** Waits until it listens. */
  static ServerProcess await(
      Executables executables, Process process, Path dataDir, String publicKey, String... options) {
    ServerProcess server = new ServerProcess(executables, process, dataDir, publicKey, options);
    Waiting.until(
        () -> server.listening() != null || !process.isAlive(),
        START_LIMIT,
        () -> "the server to listen; " + server.output());
    if (server.listening() == null) {
      throw new AssertionError("the server ended: " + server.output());
    }
    return server;
  }

  /** The key in what {@code init} prints. */
  static String publicKey(Finished init) {
    return PUBLIC_KEY
        .matcher(init.all())
        .results()
        .findFirst()
        .map(key -> key.group(1))
        .orElseThrow(() -> new AssertionError("no server key in: " + init));
  }

  public int port() {
    return Integer.parseInt(listening().group(2));
  }

  /** The contact, as operators write it. */
  public String contact() {
    return publicKey + "@127.0.0.1:" + port();
  }

  /** The contact of this server behind a proxy. */
  public String contact(FaultProxy proxy) {
    return publicKey + "@127.0.0.1:" + proxy.port();
  }

  public Path dataDir() {
    return dataDir;
  }

  public long pid() {
    return process.pid();
  }

  /** Adds a node to the allow-list. */
  public Finished allow(String nodeId, String label) {
    return executables
        .serverHere("allow", nodeId, "--label", label, "--data-dir", dataDir.toString())
        .orFail();
  }

  /** SIGTERM; returns the exit code. */
  public int stop() {
    process.destroy();
    return awaitEnd();
  }

  /** SIGKILL. */
  public void kill9() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** SIGSTOP: it is there, and says nothing. Returns when none of its threads runs any more. */
  public void freeze() {
    signal("STOP");
    Waiting.until(this::isFrozen, START_LIMIT, () -> "the server to stand still");
  }

  /** SIGCONT. */
  public void thaw() {
    signal("CONT");
  }

  /** Another process on the same data and port, when this one has ended. */
  public ServerProcess startAgain() {
    return executables.startServer(dataDir, publicKey, port(), options);
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** All that it printed. */
  public List<String> output() {
    List<String> all = new ArrayList<>(out.lines());
    all.addAll(err.lines());
    return all;
  }

  private MatchResult listening() {
    return out.find(LISTENING).or(() -> err.find(LISTENING)).orElse(null);
  }

  private boolean isFrozen() {
    try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid()), "task"))) {
      for (Path thread : threads.toList()) {
        if (!Files.readString(thread.resolve("status")).contains("State:\tT")) {
          return false;
        }
      }
      return true;
    } catch (NoSuchFileException e) {
      return false; // a thread that has just ended
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void signal(String name) {
    try {
      // The shell's own: a bare system has no kill as a file.
      String command = "kill -" + name + " " + process.pid();
      int exit = new ProcessBuilder("sh", "-c", command).start().waitFor();
      if (exit != 0) {
        throw new AssertionError(command + " gave " + exit);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private int awaitEnd() {
    try {
      if (!process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new AssertionError("the server doesn't end; " + output());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
