package org.cldcb.e2e.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.cldcb.e2e.rig.Boot;
import org.cldcb.e2e.rig.Executables;
import org.cldcb.e2e.rig.FakeLightningd;
import org.cldcb.e2e.rig.FaultProxy;
import org.cldcb.e2e.rig.Folders;
import org.cldcb.e2e.rig.LightningDir;
import org.cldcb.e2e.rig.Options;
import org.cldcb.e2e.rig.ServerProcess;
import org.cldcb.e2e.rig.Trace;
import org.cldcb.e2e.rig.Waiting;
import org.cldcb.e2e.rig.Write;

/** Measures bases of a large database, on the real executables: the recorded wallet, grown. */
public final class BigBase {
  private static final int WRITES = 500;
  private static final Duration PATIENCE = Duration.ofMinutes(20);
  private static final Boot NOTHING = new Boot(List.of(), List.of(), List.of());

  private final Path folder;
  private final Executables executables;
  private final List<Row> rows = new ArrayList<>();
  private final Latencies hooks = new Latencies();
  private final Latencies during = new Latencies();
  private boolean compacting;

  private BigBase(Path folder, Executables executables) {
    this.folder = folder;
    this.executables = executables;
  }

  /** {@code [MEBIBYTES]}: 1024 without. */
  public static void main(String[] args) throws Exception {
    Path folder = Files.createTempDirectory("cldcb-big");
    try (Executables executables = new Executables()) {
      rows(folder, executables, args.length == 0 ? 1024 : Integer.parseInt(args[0]))
          .forEach(System.out::println);
    } finally {
      Folders.delete(folder);
    }
  }

  /** Measures a database of this size in a folder that has room for it five times. */
  static List<Row> rows(Path folder, Executables executables, int mebibytes) throws Exception {
    BigBase bench = new BigBase(folder, executables);
    bench.run(mebibytes);
    return bench.rows;
  }

  private void run(int mebibytes) throws Exception {
    LightningDir dir = LightningDir.create(folder.resolve("node"));
    List<Write> writes = Trace.load(Trace.NODE_A).writes();
    List<Write> last = writes.subList(writes.size() - WRITES, writes.size());
    wallet(dir, writes.subList(0, writes.size() - WRITES), mebibytes);
    ServerProcess server = executables.initServer(folder.resolve("server"));
    server.allow(executables.client(dir, "node-id").orFail().out().strip(), "big");
    Options options = Options.standard().withAfterHook(this::hook);
    try (FaultProxy proxy = new FaultProxy(server.port());
        FakeLightningd node = new FakeLightningd(dir, options)) {
      node.boot(NOTHING);
      install(server, proxy, dir);
      Path before = copy(dir, "before");
      node.replay(last);
      addRebase(server, proxy, node, before);
      addHooks(server, node);
    }
    server.stop();
  }

  private synchronized void hook(long nanos) {
    (compacting ? during : hooks).add(nanos);
  }

  /** Writes of the trace, without a backup, and then what makes it large. */
  private void wallet(LightningDir dir, List<Write> writes, int mebibytes) throws Exception {
    try (FakeLightningd node = new FakeLightningd(dir, Options.standard())) {
      node.start();
      node.replay(writes);
      node.crash();
    }
    new GrownWallet(dir.database()).grow((long) mebibytes << 20);
  }

  /** Chunks go up ahead; then the first write waits for the base. */
  private void install(ServerProcess server, FaultProxy proxy, LightningDir dir)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    executables
        .run(
            PATIENCE,
            "cldcb-client",
            "install",
            "--lightning-dir=" + dir.base(),
            "--network=" + dir.network(),
            "--server=" + server.contact(proxy),
            "--yes")
        .orFail();
    long all = System.nanoTime() - start;
    long blocking = hooks.quantile(1);
    long sealing = all - blocking;
    long theirs = Pipeline.run(dir.database(), folder);
    System.out.printf(
        "install %.1f s, of which the node waits %.1f s; %,d bytes up for a file of %,d%n",
        all / 1e9, blocking / 1e9, proxy.bytesToServer(), Files.size(dir.database()));
    if (theirs > 0) {
      rows.add(
          Row.atMost(
              1.5,
              "sealing and storing a base",
              seconds(sealing),
              "zstd -1 | age | sync " + seconds(theirs),
              (double) sealing / theirs));
    }
    if (Files.size(dir.database()) < 1L << 30) {
      return;
    }
    rows.add(Row.atMost(20, "install: the node waits, s", seconds(blocking), "", blocking / 1e9));
  }

  /** The next base, after the writes. */
  private void addRebase(ServerProcess server, FaultProxy proxy, FakeLightningd node, Path before)
      throws Exception {
    Path after = copy(node.dir(), "after");
    ChangedPages changed = ChangedPages.between(before, after);
    long sent = proxy.bytesToServer();
    compact(server, node, () -> {});
    sent = proxy.bytesToServer() - sent;
    Files.delete(before);
    Files.delete(after);
    rows.add(
        Row.atMost(
            2,
            "bytes of a base after " + WRITES + " writes",
            String.format("%,d", sent),
            String.format("%,d pages deflated %,d", changed.pages(), changed.deflated()),
            (double) sent / changed.deflated()));
  }

  /** The longest hook while a base is made, with writes all the time. */
  private void addHooks(ServerProcess server, FakeLightningd node) throws Exception {
    for (int i = 0; i < WRITES; i++) {
      write(node, i);
    }
    Latencies without = hooks.without(1);
    long start = System.nanoTime();
    Files.delete(copy(node.dir(), "copied"));
    long copied = System.nanoTime() - start;
    compact(server, node, () -> write(node, 0));
    long longest = during.quantile(1);
    rows.add(
        Row.atMost(
            10,
            "longest hook during a base",
            Latencies.micros(longest),
            "p99 without " + Latencies.micros(without.quantile(0.99)),
            (double) longest / without.quantile(0.99)));
    System.out.printf(
        "a local copy of the file takes %s; hooks during a base: p50 %s, p99 %s, longest but one"
            + " %s; without: p50 %s%n",
        seconds(copied),
        Latencies.micros(during.quantile(0.5)),
        Latencies.micros(during.quantile(0.99)),
        Latencies.micros(during.withoutLargest().quantile(1)),
        Latencies.micros(without.quantile(0.5)));
  }

  private static void write(FakeLightningd node, int n) {
    node.write("INSERT OR REPLACE INTO vars (name, intval) VALUES ('bench" + n + "', " + n + ")");
  }

  /** Has the plugin make a base, as if records outweighed the last one, and waits for it. */
  private void compact(ServerProcess server, FakeLightningd node, Runnable meanwhile)
      throws SQLException {
    long generation = number(server, "SELECT generation FROM backup");
    execute(server, "UPDATE backup SET base_bytes = 0");
    synchronized (this) {
      compacting = true;
    }
    write(node, 0);
    long limit = System.nanoTime() + PATIENCE.toNanos();
    while (number(server, "SELECT generation FROM backup") == generation) {
      if (System.nanoTime() > limit) {
        throw new AssertionError("no base; " + node.log().lines());
      }
      meanwhile.run();
      Waiting.within(() -> false, Duration.ofMillis(5));
    }
    synchronized (this) {
      compacting = false;
    }
  }

  private Path copy(LightningDir dir, String name) throws IOException {
    return Files.copy(dir.database(), folder.resolve(name));
  }

  private static String seconds(long nanos) {
    return String.format("%.1f s", nanos / 1e9);
  }

  private static long number(ServerProcess server, String query) throws SQLException {
    try (Connection store = store(server);
        Statement statement = store.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }

  private static void execute(ServerProcess server, String sql) throws SQLException {
    try (Connection store = store(server);
        Statement statement = store.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 10000");
      statement.execute(sql);
    }
  }

  private static Connection store(ServerProcess server) throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + server.dataDir().resolve("cldcb.sqlite3"));
  }
}
