package org.cldcb.e2e.rig;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;

/**
 * The product: runs its executables as they are shipped, from the tree that the system property
 * {@code cldcb.home} names. Closing this kills whatever still runs. Thread-safe.
 */
public final class Executables implements AutoCloseable {
  /** Longer than any command of the client should take in a test. */
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final Path bin = home().resolve("bin");
  private final List<Process> processes = new CopyOnWriteArrayList<>();
  private volatile Map<String, String> environment;

  /** As they are. */
  public Executables() {
    this(Map.of());
  }

  /**
   * The executables on a disk in the test's hands.
   *
   * @param environment added to what this process has
   */
  public Executables(Map<String, String> environment) {
    this.environment = environment;
  }

  /** The packaged tree. */
  public static Path home() {
    String property = System.getProperty("cldcb.home");
    Path home =
        property != null ? Path.of(property) : Path.of("..", "packaging", "target", "cldcb");
    return home.toAbsolutePath().normalize();
  }

  /** Adds these variables to the environment of what is started from now on, in place of others. */
  public void environment(Map<String, String> variables) {
    environment = Map.copyOf(variables);
  }

  /** Whether the tree was built. */
  public static boolean exist() {
    return Files.isExecutable(home().resolve("bin/cldcb-plugin"));
  }

  /** Runs {@code cldcb-client}. */
  public Finished client(String... arguments) {
    return run(LIMIT, "cldcb-client", arguments);
  }

  /** Runs a command of {@code cldcb-client} on this node. */
  public Finished client(LightningDir dir, String command, String... options) {
    return client(onNode(dir, command, options));
  }

  /** Starts {@code cldcb-client} on a terminal. */
  public TerminalSession clientOnTerminal(String... arguments) {
    return new TerminalSession(
        start(TerminalSession.onTerminal(command("cldcb-client", arguments))));
  }

  /** The same on this node. */
  public TerminalSession clientOnTerminal(LightningDir dir, String command, String... options) {
    return clientOnTerminal(onNode(dir, command, options));
  }

  /** Runs a command of {@code cldcb-server} that ends by itself. */
  public Finished server(String... arguments) {
    return run(LIMIT, "cldcb-server", arguments);
  }

  /** As {@link #client}, but faster: within this process, unless they have an environment. */
  public Finished clientHere(String... arguments) {
    // As the launcher does: install writes it into the wrapper.
    System.setProperty("cldcb.bin", bin.toString());
    return environment.isEmpty()
        ? here(org.cldcb.client.Main.commandLine(), arguments)
        : client(arguments);
  }

  /** The same on this node. */
  public Finished clientHere(LightningDir dir, String command, String... options) {
    return clientHere(onNode(dir, command, options));
  }

  private static String[] onNode(LightningDir dir, String command, String... options) {
    List<String> arguments = new ArrayList<>();
    arguments.add(command);
    arguments.add("--lightning-dir=" + dir.base());
    arguments.add("--network=" + dir.network());
    arguments.addAll(List.of(options));
    return arguments.toArray(String[]::new);
  }

  /** As {@link #server}, but faster: within this process, unless they have an environment. */
  public Finished serverHere(String... arguments) {
    return environment.isEmpty()
        ? here(org.cldcb.server.Main.commandLine(), arguments)
        : server(arguments);
  }

  private static Finished here(CommandLine line, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit =
        line.setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(arguments);
    return new Finished(List.of(arguments), exit, out.toString(), err.toString());
  }

  /**
   * Runs one of the executables to its end.
   *
   * @throws AssertionError if that takes longer than {@code limit}
   */
  public Finished run(Duration limit, String executable, String... arguments) {
    List<String> command = command(executable, arguments);
    Process process = start(command);
    try {
      process.getOutputStream().close(); // nobody is there to answer a question
      OutputLines out = new OutputLines(process.getInputStream());
      OutputLines err = new OutputLines(process.getErrorStream());
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(
            "still runs after " + limit + ": " + command + "\n" + out.text() + "\n" + err.text());
      }
      return new Finished(command, process.exitValue(), out.text(), err.text());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /**
   * {@code cldcb-server init} on a new data directory, then {@code run} on a free port.
   *
   * @param options further ones of {@code run}
   */
  public ServerProcess initServer(Path dataDir, String... options) {
    Finished init = serverHere("init", "--data-dir", dataDir.toString()).orFail();
    return startServer(dataDir, ServerProcess.publicKey(init), 0, options);
  }

  /** {@code cldcb-server run}. */
  ServerProcess startServer(Path dataDir, String publicKey, int port, String... options) {
    List<String> command =
        command(
            "cldcb-server",
            "run",
            "--data-dir",
            dataDir.toString(),
            "--listen",
            "127.0.0.1:" + port);
    command.addAll(List.of(options));
    return ServerProcess.await(this, start(command), dataDir, publicKey, options);
  }

  /** Kills what still runs. */
  @Override
  public void close() {
    for (Process process : processes) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private Process start(List<String> command) {
    try {
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().putAll(environment);
      Process process = builder.start();
      processes.add(process);
      return process;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> command(String executable, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(bin.resolve(executable).toString());
    command.addAll(List.of(arguments));
    return command;
  }
}
