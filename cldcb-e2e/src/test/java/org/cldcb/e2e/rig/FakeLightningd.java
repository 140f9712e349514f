package org.cldcb.e2e.rig;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A node: starts and ends as often as a test likes, on one lightning directory. Does what {@code
 * lightningd} does towards its plugins, its database and its RPC socket.
 *
 * <p>Thread-safe, as one event loop is: whoever comes while a db_write is in flight waits, the RPC
 * too. When it goes down of itself, the method that made it do so throws {@link NodeDied}.
 */
public final class FakeLightningd implements AutoCloseable {
  private static final int OWN_PRE_INIT_WRITES = 3;
  private static final int OWN_LAST_WRITES = 4;

  private final LightningDir dir;
  private final Options options;
  private final NodeLog log;
  private final ReentrantLock loop = new ReentrantLock(true);
  private final List<ProcessHandle> orphans = new CopyOnWriteArrayList<>();
  private volatile @Nullable NodeRun run;
  private @Nullable RpcServer rpc;

  /** A node that is down. */
  public FakeLightningd(LightningDir dir) {
    this(dir, Options.standard());
  }

  /** A node that is down. */
  public FakeLightningd(LightningDir dir, Options options) {
    this(dir, options, line -> {});
  }

  /**
   * A node that is down.
   *
   * @param logged is given each line of the log
   */
  public FakeLightningd(LightningDir dir, Options options, Consumer<LogLine> logged) {
    this.dir = dir;
    this.log = new NodeLog(logged);
    this.options = options;
  }

  public LightningDir dir() {
    return dir;
  }

  /** What lightningd and its plugins logged, over all starts. */
  public NodeLog log() {
    return log;
  }

  public boolean isUp() {
    return run != null;
  }

  /** Whether a db_write is in flight. */
  public boolean isInHook() {
    NodeRun now = run;
    return now != null && now.isInHook();
  }

  /** The version that is committed. */
  public long dataVersion() {
    return locked(NodeRun::dataVersion);
  }

  /** The processes of its plugins. */
  public List<ProcessHandle> plugins() {
    return locked(
        now -> now.plugins().all().stream().map(plugin -> plugin.process().handle()).toList());
  }

  /**
   * Starts, with a few writes before init, the first of which makes a database if there is none.
   */
  public void boot() {
    start();
    if (locked(NodeRun::isNew)) {
      replay(OwnWrites.schema());
    }
    replay(OwnWrites.next(OWN_PRE_INIT_WRITES));
    init(() -> {});
  }

  /** Starts, with the recorded writes before init. */
  public void boot(Boot boot) {
    start();
    replay(boot.preInit());
    init(() -> {});
  }

  /** The first part of a start: up to the manifests, with the database open, before any write. */
  public void start() {
    loop.lock();
    try {
      if (run != null) {
        throw new IllegalStateException("the node is up");
      }
      run = NodeRun.start(dir, log, options);
      rpc = RpcServer.listen(dir.rpcSocket(), new RpcCommands(this)::answer);
    } finally {
      loop.unlock();
    }
  }

  /**
   * The last part of a start: tells the plugins {@code init}.
   *
   * @param meanwhile runs when that is sent, before the answers are awaited
   */
  public void init(Runnable meanwhile) {
    doing(now -> now.init(meanwhile));
  }

  /** Plays recorded writes: those of a trace get the version that is due. */
  public void replay(List<Write> writes) {
    writes.forEach(this::replay);
  }

  /** Plays one recorded write. */
  public void replay(Write write) {
    doing(now -> now.run(write, Ending.COMMITTED));
  }

  /** One transaction of these statements, to which the update of data_version is added. */
  public void write(String... statements) {
    replay(OwnWrites.of(statements));
  }

  /** Small transactions. */
  public void writes(int count) {
    replay(OwnWrites.next(count));
  }

  /**
   * A transaction with one statement of 6 MB, of which pages spill into the file before the hook:
   * meanwhile the node holds SQLite's EXCLUSIVE lock.
   */
  public void spilledTransaction() {
    doing(now -> now.runSpilled(OwnWrites.large(), Ending.COMMITTED));
  }

  /** A transaction that takes so many MiB on the wire, too. */
  public void incompressibleWrite(int mebibytes) {
    replay(OwnWrites.incompressible(mebibytes));
  }

  /** Transactions that no plugin sees: of the running node, or of one started without plugins. */
  public void writeWithoutPlugin(int count) {
    List<Write> writes = OwnWrites.next(count);
    if (isUp()) {
      writes.forEach(write -> doing(now -> now.run(write, Ending.COMMITTED_UNSEEN)));
      return;
    }
    try (Wallet wallet = NodeRun.openWallet(dir, options)) {
      for (Write write : writes) {
        wallet.begin();
        for (String sql : VersionUpdate.from(wallet.dataVersion(), write.statements())) {
          wallet.execute(sql);
        }
        wallet.commit();
      }
    } catch (SQLException e) {
      throw new IllegalStateException("can't write: " + e.getMessage(), e);
    }
  }

  /** kill -9 between two transactions. */
  public void crash() {
    doing(now -> die());
  }

  /** kill -9 after {@code continue}, before COMMIT. */
  public void crashBeforeCommit() {
    crashBeforeCommit(OwnWrites.next());
  }

  /** kill -9 after {@code continue}, before COMMIT. */
  public void crashBeforeCommit(Write write) {
    crashAfter(write, Ending.CRASHED_BEFORE_COMMIT);
  }

  /** kill -9 when the db_write is sent, before it is answered. */
  public void crashDuringHook() {
    crashDuringHook(OwnWrites.next());
  }

  /** kill -9 when the db_write is sent, before it is answered. */
  public void crashDuringHook(Write write) {
    crashAfter(write, Ending.CRASHED_DURING_HOOK);
  }

  /** kill -9 of a transaction that has spilled, after {@code continue}: a hot journal stays. */
  public void crashSpilledBeforeCommit() {
    doing(
        now -> {
          now.runSpilled(OwnWrites.large(), Ending.CRASHED_BEFORE_COMMIT);
          die();
        });
  }

  /** kill -9 within a migration: foreign keys stay off in the stream, never on again. */
  public void crashBetweenPragmaOffAndOn() {
    replay(OwnWrites.foreignKeysOff());
    replay(OwnWrites.rebuiltTable());
    crash();
  }

  /**
   * kill -9 of its plugins, from outside: a db_write in flight fails. Else an important one takes
   * the node down at its next step.
   */
  public void kill9Plugin() {
    running(run).plugins().all().forEach(plugin -> plugin.process().kill());
  }

  /** Ends in order, with a few writes after the notification, as a real one makes. */
  public ShutdownReport shutdown() {
    return shutdown(OwnWrites.next(OWN_LAST_WRITES));
  }

  /** Ends in order, with the writes recorded after the notification. */
  public ShutdownReport shutdown(Boot boot) {
    return shutdown(boot.afterShutdown());
  }

  private ShutdownReport shutdown(List<Write> lastWrites) {
    return locked(
        now -> {
          ShutdownReport report = now.shutdown(lastWrites);
          forget();
          return report;
        });
  }

  /** Ends in order and starts again. */
  public void restart() {
    shutdown();
    boot();
  }

  /**
   * Waits until the plugins of crashed runs are gone too.
   *
   * @throws AssertionError if one is alive after {@code limit}
   */
  public void awaitOrphansGone(Duration limit) {
    Waiting.until(
        () -> orphans.stream().noneMatch(ProcessHandle::isAlive),
        limit,
        () -> "the end of plugins whose lightningd is dead");
  }

  /** Kills whatever is left. */
  @Override
  public void close() {
    NodeRun now = run;
    if (now != null) {
      now.plugins().all().forEach(plugin -> plugin.process().kill()); // frees a pending hook
    }
    loop.lock();
    try {
      if (run != null) {
        die();
      }
    } finally {
      loop.unlock();
    }
    orphans.forEach(ProcessHandle::destroyForcibly);
  }

  /** As {@code plugin start}. */
  void startPlugin(Path executable) throws IOException {
    NodeRun now = running(run);
    now.plugins().startDynamic(executable);
  }

  /** Runs {@code action} on the event loop, for the RPC. */
  <T> T locked(Function<NodeRun, T> action) {
    loop.lock();
    try {
      return action.apply(running(run));
    } catch (NodeDied e) {
      log.add("lightningd", "broken", String.valueOf(e.getMessage()));
      if (run != null) {
        die();
      }
      throw e;
    } finally {
      loop.unlock();
    }
  }

  private void doing(Consumer<NodeRun> action) {
    locked(
        now -> {
          action.accept(now);
          return now;
        });
  }

  private void crashAfter(Write write, Ending ending) {
    doing(
        now -> {
          now.run(write, ending);
          die();
        });
  }

  private void die() {
    NodeRun now = running(run);
    List<ProcessHandle> left = new ArrayList<>();
    now.plugins().all().forEach(plugin -> left.add(plugin.process().handle()));
    orphans.addAll(left);
    now.crash();
    forget();
  }

  private void forget() {
    run = null;
    RpcServer server = rpc;
    rpc = null;
    if (server != null) {
      server.close();
    }
  }

  private static NodeRun running(@Nullable NodeRun run) {
    if (run == null) {
      throw new IllegalStateException("the node is down");
    }
    return run;
  }
}
