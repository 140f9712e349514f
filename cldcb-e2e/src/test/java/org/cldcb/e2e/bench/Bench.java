package org.cldcb.e2e.bench;

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
  private static final int STARTS = 7;
  private static final long NEVER_COMPACT = 1L << 40;

  private final long start = System.nanoTime();
  private final Path folder;
  private final Executables executables;
  private final List<Row> rows = new ArrayList<>();

  private Bench(Path folder, Executables executables) {
    this.folder = folder;
    this.executables = executables;
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("cldcb-bench");
    try (Executables executables = new Executables()) {
      new Bench(folder, executables).run();
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
    print();
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
        new Row(
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
      rows.add(Row.plain("plugin RSS after the trace", rss(node.plugins().get(0).pid())));
      rows.add(Row.plain("server RSS after the trace", rss(server.pid())));
      node.crash();
    }
    long stored = StoredBytes.of(executables, server);
    rows.add(
        new Row(
            "stored record bytes",
            String.format("%,d", stored),
            String.format("SQL %,d", sqlBytes),
            (double) stored / sqlBytes));
  }

  private void addHooks(Latencies hooks, Latencies appends) {
    for (double share : new double[] {0.5, 0.99}) {
      long hook = hooks.quantile(share);
      long append = appends.quantile(share);
      rows.add(
          new Row(
              "hook p" + Math.round(share * 100),
              Latencies.micros(hook),
              "fdatasync append " + Latencies.micros(append),
              (double) hook / append));
    }
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

  private static String rss(long pid) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024 + " MiB";
      }
    }
    return "gone";
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
      rows.add(Row.plain("recovery statements/s", String.format("%,.0f", perSecond)));
      return;
    }
    double shellPerSecond = statements * 1e9 / shell;
    rows.add(
        new Row(
            "recovery statements/s",
            String.format("%,.0f", perSecond),
            String.format("sqlite3 shell %,.0f", shellPerSecond),
            perSecond / shellPerSecond));
  }

  private void print() {
    System.out.printf(
        "%n%-42s %14s %26s %8s%n",
        "trace node-a, 5,121 writes, loopback", "measured", "against", "ratio");
    rows.forEach(System.out::println);
    System.out.printf(
        "%n%s, %d processors, %s%n",
        System.getProperty("java.vm.name") + " " + Runtime.version(),
        Runtime.getRuntime().availableProcessors(),
        Duration.ofNanos(System.nanoTime() - start).toSeconds() + " s in all");
  }
}
