package org.cldcb.e2e.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.cldcb.e2e.rig.Executables;
import org.cldcb.e2e.rig.FakeLightningd;
import org.cldcb.e2e.rig.Finished;
import org.cldcb.e2e.rig.Folders;
import org.cldcb.e2e.rig.LightningDir;
import org.cldcb.e2e.rig.Options;
import org.cldcb.e2e.rig.ServerProcess;
import org.cldcb.e2e.rig.Trace;
import org.cldcb.e2e.rig.Write;

/** Measures the recorded trace on the real executables, over loopback, with durable acks. */
public final class Bench {
  private static final int WARM_UP = 500;
  private static final int STARTS = 15;
  private static final int CONNECTED = 100;
  private static final int AT_ONCE = 32;
  private static final int RECORDS_OF_ONE = 2000;
  private static final int RECORDS_OF_EACH = 200;
  private static final long NEVER_COMPACT = 1L << 40;

  private final long start = System.nanoTime();
  private final Path folder;
  private final Executables executables;
  private final List<Row> rows = new ArrayList<>();

  private Bench(Path folder, Executables executables) {
    this.folder = folder;
    this.executables = executables;
  }

  /** {@code [--json FILE]}: FILE gets the rows as well, as a JSON array. */
  public static void main(String[] args) throws IOException, InterruptedException {
    if (args.length != 0 && (args.length != 2 || !args[0].equals("--json"))) {
      System.err.println("bench: the only option is --json FILE");
      System.exit(2);
    }
    Path folder = Files.createTempDirectory("cldcb-bench");
    try (Executables executables = new Executables()) {
      Bench bench = new Bench(folder, executables);
      bench.run();
      bench.print();
      if (args.length > 0) {
        bench.writeJson(Path.of(args[1]));
      }
    } finally {
      Folders.delete(folder);
    }
  }

  private void run() throws IOException, InterruptedException {
    Trace trace = Trace.load(Trace.NODE_A);
    ServerProcess server =
        executables.initServer(folder.resolve("server"), "--compact-min=" + NEVER_COMPACT);
    LightningDir dir = LightningDir.create(folder.resolve("node"));
    String nodeId = client(dir, "node-id").out().strip();
    server.allow(nodeId, "bench");
    client(dir, "install", "--server=" + server.contact(), "--yes");
    start(dir);
    play(trace, server, dir);
    recovery(trace, server, dir);
    server.stop();
    manyNodes();
  }

  private Finished client(LightningDir dir, String command, String... more) {
    return executables.client(dir, command, more).orFail();
  }

  /** Spawn to manifest, as lightningd waits for it, against a bare java. */
  private void start(LightningDir dir) throws IOException, InterruptedException {
    Latencies manifest = new Latencies();
    Latencies java = new Latencies();
    for (int i = 0; i < STARTS; i++) {
      manifest.add(PluginStart.time(dir.wrapper()));
      java.add(javaVersion());
    }
    long plugin = manifest.quantile(0.5);
    long bare = java.quantile(0.5);
    rows.add(
        Row.atMost(
            3,
            "spawn to manifest",
            plugin / 1_000_000 + " ms",
            "java -version " + bare / 1_000_000 + " ms",
            (double) plugin / bare));
  }

  private static long javaVersion() throws IOException, InterruptedException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    long start = System.nanoTime();
    new ProcessBuilder(java.toString(), "-version")
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
    return System.nanoTime() - start;
  }

  /** The whole trace: after each hook, the same SQL appended to a file with fdatasync. */
  private void play(Trace trace, ServerProcess server, LightningDir dir) throws IOException {
    Latencies hooks = new Latencies();
    Latencies appends = new Latencies();
    long sqlBytes = 0;
    try (FakeLightningd node =
            new FakeLightningd(dir, Options.standard().withAfterHook(hooks::add));
        FileChannel file =
            FileChannel.open(
                folder.resolve("appended"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      node.start();
      for (Write write : trace.writes()) {
        node.replay(write);
        byte[] sql = String.join("", write.statements()).getBytes(StandardCharsets.UTF_8);
        sqlBytes += sql.length;
        appends.add(append(file, sql));
      }
      addHooks(hooks.without(WARM_UP), appends.without(WARM_UP));
      addRss(80, "plugin RSS after the trace, MiB", node.plugins().get(0).pid());
      node.crash();
    }
    long stored = StoredBytes.of(executables, server);
    rows.add(
        Row.atMost(
            0.24,
            "stored record bytes (trained on them)",
            String.format("%,d", stored),
            String.format("SQL %,d", sqlBytes),
            (double) stored / sqlBytes));
  }

  private void addHooks(Latencies hooks, Latencies appends) {
    addHook(hooks, appends, 0.5, 3);
    addHook(hooks, appends, 0.99, 6);
  }

  private void addHook(Latencies hooks, Latencies appends, double share, double target) {
    long hook = hooks.quantile(share);
    long append = appends.quantile(share);
    rows.add(
        Row.atMost(
            target,
            "hook p" + Math.round(share * 100),
            Latencies.micros(hook),
            "fdatasync append " + Latencies.micros(append),
            (double) hook / append));
  }

  private static long append(FileChannel file, byte[] bytes) throws IOException {
    long start = System.nanoTime();
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      file.write(buffer);
    }
    file.force(false);
    return System.nanoTime() - start;
  }

  private void addRss(double target, String figure, long pid) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
      if (line.startsWith("VmRSS:")) {
        long mib = Long.parseLong(line.replaceAll("\\D", "")) / 1024;
        rows.add(Row.atMost(target, figure, mib + " MiB", "", mib));
      }
    }
  }

  /** Sealed beforehand, so that the load generator isn't what is measured. */
  private void manyNodes() throws IOException {
    ServerProcess server = executables.initServer(folder.resolve("many"));
    try (ManyNodes nodes = new ManyNodes(server, CONNECTED)) {
      nodes.warmUp();
      double one = nodes.acksPerSecond(1, RECORDS_OF_ONE);
      double many = nodes.acksPerSecond(AT_ONCE, RECORDS_OF_EACH);
      rows.add(
          Row.atLeast(
              6,
              "acks/s, " + AT_ONCE + " nodes at once",
              String.format("%,.0f", many),
              String.format("one node %,.0f", one),
              many / one));
      nodes.acksPerSecond(CONNECTED, RECORDS_OF_EACH);
      addRss(200, "server RSS, " + CONNECTED + " nodes writing, MiB", server.pid());
    }
  }

  /** The whole recovery by the client, process start to file, against the shell on the same SQL. */
  private void recovery(Trace trace, ServerProcess server, LightningDir dir)
      throws IOException, InterruptedException {
    Path recovered = folder.resolve("recovered.sqlite3");
    long start = System.nanoTime();
    client(dir, "recover", "--server=" + server.contact(), "--yes", "--to=" + recovered);
    long ours = System.nanoTime() - start;
    long shell = SqliteShell.run(trace, folder);
    long statements = trace.writes().stream().mapToLong(write -> write.statements().size()).sum();
    double perSecond = statements * 1e9 / ours;
    if (shell == 0) {
      System.err.println("bench: no sqlite3 shell here, so recovery is not measured");
      return;
    }
    double shellPerSecond = statements * 1e9 / shell;
    rows.add(
        Row.atLeast(
            0.6,
            "recovery statements/s",
            String.format("%,.0f", perSecond),
            String.format("sqlite3 shell %,.0f", shellPerSecond),
            perSecond / shellPerSecond));
  }

  private void print() {
    System.out.println("\n" + Row.header("trace node-a, 5,121 writes, loopback"));
    rows.forEach(System.out::println);
    System.out.printf(
        "%n%s, %d processors, %s%n",
        System.getProperty("java.vm.name") + " " + Runtime.version(),
        Runtime.getRuntime().availableProcessors(),
        Duration.ofNanos(System.nanoTime() - start).toSeconds() + " s in all");
  }

  private void writeJson(Path file) throws IOException {
    Files.writeString(
        file, new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(rows) + "\n");
  }
}
