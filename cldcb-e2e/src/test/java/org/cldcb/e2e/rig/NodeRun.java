package org.cldcb.e2e.rig;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * One process of lightningd, from start to end: its database, plugins and pid file, and the
 * transactions that db/exec.c would make. Not thread-safe, but for {@link #isInHook}.
 */
final class NodeRun {
  private static final Duration SHUTDOWN_LIMIT = Duration.ofSeconds(30);
  private static final int KILLED = 137;
  private static final Duration BETWEEN_LAST_WRITES = Duration.ofMillis(20);

  private final Options options;
  private final Plugins plugins;
  private final PidFile pidFile;
  private final Wallet wallet;
  private long dataVersion;
  private volatile boolean inHook;

  private NodeRun(Options options, Plugins plugins, PidFile pidFile, Wallet wallet)
      throws SQLException {
    this.options = options;
    this.plugins = plugins;
    this.pidFile = pidFile;
    this.wallet = wallet;
    this.dataVersion = wallet.dataVersion();
  }

  /** Starts the plugins up to their manifest, and opens the database. */
  static NodeRun start(LightningDir dir, NodeLog log, Options options) {
    Plugins plugins = new Plugins(dir, log, options);
    try {
      PidFile pidFile = PidFile.lock(dir.pidFile());
      try {
        plugins.startAll();
        return new NodeRun(options, plugins, pidFile, openWallet(dir, options));
      } catch (NodeDied | SQLException e) {
        plugins.killAll();
        pidFile.abandon();
        throw e;
      }
    } catch (SQLException e) {
      throw new NodeDied("can't open the database: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Wallet openWallet(LightningDir dir, Options options) throws SQLException {
    return Wallet.open(
        dir.database(), new Wallet.Settings(options.durable(), options.busyTimeout()));
  }

  Plugins plugins() {
    return plugins;
  }

  /** Whether the database is one without tables. */
  boolean isNew() {
    try {
      return !wallet.hasTable("vars");
    } catch (SQLException e) {
      throw database(e);
    }
  }

  long dataVersion() {
    return dataVersion;
  }

  boolean isInHook() {
    return inHook;
  }

  boolean hasDatastoreKey(String keyHex) {
    try {
      return wallet.hasDatastoreKey(keyHex);
    } catch (SQLException e) {
      throw database(e);
    }
  }

  /**
   * Runs one transaction, or PRAGMAs outside any.
   *
   * @throws NodeDied if that is the end of this lightningd; {@link #crash} is left to the caller
   */
  void run(Write write, Ending ending) {
    plugins.checkAlive();
    try {
      if (write.isPragma()) {
        runPragma(write.statements(), ending);
      } else {
        runTransaction(VersionUpdate.from(dataVersion, write.statements()), ending);
      }
    } catch (SQLException e) {
      throw database(e);
    }
  }

  /** Runs a transaction with a cache so small that pages spill into the file before the hook. */
  void runSpilled(Write write, Ending ending) {
    try {
      wallet.shrinkCache();
      run(write, ending);
      wallet.restoreCache();
    } catch (SQLException e) {
      throw database(e);
    }
  }

  /** Sends init; {@code meanwhile} runs before its answer is awaited. */
  void init(Runnable meanwhile) {
    plugins.init(meanwhile);
  }

  /** Ends as kill -9 does, and leaves the plugins to themselves. */
  void crash() {
    if (options.realCrash()) {
      Runtime.getRuntime().halt(KILLED);
    }
    plugins.all().forEach(plugin -> plugin.process().desert());
    try {
      wallet.crash();
      pidFile.abandon();
    } catch (SQLException | IOException e) {
      throw new IllegalStateException("the rig can't crash its node", e);
    }
  }

  /** Ends in order, writing meanwhile as long as a plugin listens. */
  ShutdownReport shutdown(List<Write> lastWrites) {
    long start = System.nanoTime();
    plugins.notifyShutdown();
    int written = 0;
    for (Write write : lastWrites) {
      Waiting.sleep(BETWEEN_LAST_WRITES);
      if (!plugins.anyLeft()) {
        break;
      }
      run(write, Ending.COMMITTED);
      written++;
    }
    boolean left =
        Waiting.within(
            () -> !plugins.anyLeft(), SHUTDOWN_LIMIT.minusNanos(System.nanoTime() - start));
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    plugins.killAll();
    try {
      wallet.close();
      pidFile.remove();
    } catch (SQLException | IOException e) {
      throw new NodeDied("can't end in order: " + e.getMessage(), e);
    }
    return new ShutdownReport(took, written, !left);
  }

  private static NodeDied database(SQLException e) {
    return new NodeDied("database: " + e.getMessage(), e);
  }

  /** As {@code db_sqlite3.c} does around table manipulations: run, then reported. */
  private void runPragma(List<String> statements, Ending ending) throws SQLException {
    for (String statement : statements) {
      wallet.execute(statement);
    }
    hook(statements, ending);
  }

  private void runTransaction(List<String> statements, Ending ending) throws SQLException {
    wallet.begin();
    for (String statement : statements) {
      wallet.execute(statement);
      if (VersionUpdate.is(statement) && wallet.changes() != 1) {
        throw new NodeDied("Optimistic lock on the database failed.");
      }
    }
    hook(statements, ending);
    if (ending == Ending.COMMITTED || ending == Ending.COMMITTED_UNSEEN) {
      wallet.commit();
      dataVersion++;
    }
  }

  private void hook(List<String> statements, Ending ending) throws SQLException {
    if (ending == Ending.COMMITTED_UNSEEN) {
      return;
    }
    long version = wallet.dataVersion();
    options.tellBeforeHook(version, statements);
    inHook = true;
    long start = System.nanoTime();
    try {
      Map<Plugin, CompletableFuture<JsonNode>> answers = plugins.sendDbWrite(version, statements);
      if (ending != Ending.CRASHED_DURING_HOOK) {
        plugins.awaitContinue(answers);
        options.afterHook().accept(System.nanoTime() - start);
      }
    } finally {
      inHook = false;
    }
  }
}
