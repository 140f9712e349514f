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
import org.cldcb.e2e.rig.FakeLightningd;
import org.cldcb.e2e.rig.FaultProxy;
import org.cldcb.e2e.rig.LightningDir;
import org.cldcb.e2e.rig.Options;
import org.cldcb.e2e.rig.ServerProcess;
import org.cldcb.e2e.rig.Waiting;
import org.cldcb.e2e.rig.Write;

/**
 * Bases of a large database, on the real executables: the recorded wallet, grown to 1 GiB. Needs
 * room for it five times.
 */
final class BigBase implements Section {
  private static final Goal SEALING = Goal.atMost(1.5, 1);
  private static final Goal REBASE = Goal.atMost(2, 1.2);

  /** Against a local copy. What nobody sees is a hundredth of one. */
  private static final Goal LONGEST_HOOK = Goal.atMost(1, 0.01);

  private static final int MEBIBYTES = 1024;
  private static final int WRITES = 500;
  private static final Duration PATIENCE = Duration.ofMinutes(20);
  private static final Boot NOTHING = new Boot(List.of(), List.of(), List.of());

  @Override
  public String name() {
    return "bases";
  }

  @Override
  public boolean isShort() {
    return false;
  }

  @Override
  public List<Row> run(Context context) throws IOException, InterruptedException {
    try {
      return new Measurement(context).run();
    } catch (SQLException e) {
      throw new IOException("the large database can't be measured", e);
    }
  }

  /** One measurement, on a node of its own. */
  private static final class Measurement {
    private final Context context;
    private final List<Row> rows = new ArrayList<>();
    private final Latencies hooks = new Latencies();
    private final Latencies during = new Latencies();
    private boolean compacting;

    Measurement(Context context) {
      this.context = context;
    }

    List<Row> run() throws IOException, SQLException, InterruptedException {
      LightningDir dir = LightningDir.create(context.path("large"));
      List<Write> writes = context.trace().writes();
      List<Write> last = writes.subList(writes.size() - WRITES, writes.size());
      wallet(dir, writes.subList(0, writes.size() - WRITES));
      ServerProcess server = context.executables().initServer(context.path("bases"));
      server.allow(context.executables().client(dir, "node-id").orFail().out().strip(), "big");
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
      return rows;
    }

    private synchronized void hook(long nanos) {
      (compacting ? during : hooks).add(nanos);
    }

    /** Writes of the trace, without a backup, and then what makes it large. */
    private void wallet(LightningDir dir, List<Write> writes) throws IOException, SQLException {
      try (FakeLightningd node = new FakeLightningd(dir, Options.standard())) {
        node.start();
        node.replay(writes);
        node.crash();
      }
      new GrownWallet(dir.database()).grow((long) MEBIBYTES << 20);
    }

    /** Chunks go up ahead; then the first write waits for the base. */
    private void install(ServerProcess server, FaultProxy proxy, LightningDir dir)
        throws IOException, InterruptedException {
      long start = System.nanoTime();
      context
          .executables()
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
      long theirs = Pipeline.run(dir.database(), context.path(""));
      context.note(
          String.format(
              "install of %d MiB: %.1f s, of which the node waits %.1f s",
              MEBIBYTES, all / 1e9, blocking / 1e9));
      if (theirs == 0) {
        context.note("no zstd or age here, so sealing a base is not measured");
        return;
      }
      rows.add(
          Row.of(
              "sealing and storing a base",
              Quantity.millis("", sealing),
              Quantity.millis("zstd -1 | age | sync", theirs),
              SEALING));
    }

    /** The next base, after the writes. */
    private void addRebase(ServerProcess server, FaultProxy proxy, FakeLightningd node, Path before)
        throws IOException, SQLException {
      Path after = copy(node.dir(), "after");
      ChangedPages changed = ChangedPages.between(before, after);
      long sent = proxy.bytesToServer();
      compact(server, node, () -> {});
      sent = proxy.bytesToServer() - sent;
      Files.delete(before);
      Files.delete(after);
      rows.add(
          Row.of(
              "bytes of a base after " + WRITES + " writes",
              Quantity.bytes("", sent),
              Quantity.bytes(changed.pages() + " changed pages deflated", changed.deflated()),
              REBASE));
    }

    /** The longest hook while a base is made, with writes all the time. */
    private void addHooks(ServerProcess server, FakeLightningd node)
        throws IOException, SQLException {
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
          Row.of(
              "longest hook during a base",
              Quantity.millis("", longest),
              Quantity.millis("a local copy", copied),
              LONGEST_HOOK));
      context.note(
          String.format(
              "hooks during a base: p50 %s, p99 %s, the longest but one %s; without: p50 %s, p99"
                  + " %s",
              micros(during.quantile(0.5)),
              micros(during.quantile(0.99)),
              micros(during.withoutLargest().quantile(1)),
              micros(without.quantile(0.5)),
              micros(without.quantile(0.99))));
    }

    private static Quantity micros(long nanos) {
      return Quantity.micros("", nanos);
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
      return Files.copy(dir.database(), context.path(name));
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
      return DriverManager.getConnection(
          "jdbc:sqlite:" + server.dataDir().resolve("cldcb.sqlite3"));
    }
  }
}
