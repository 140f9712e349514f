package org.cldcb.e2e.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.cldcb.e2e.crash.Failpoint;
import org.cldcb.e2e.rig.Executables;
import org.cldcb.e2e.rig.FakeLightningd;
import org.cldcb.e2e.rig.Finished;
import org.cldcb.e2e.rig.LightningDir;
import org.cldcb.e2e.rig.NodeDied;
import org.cldcb.e2e.rig.Options;
import org.cldcb.e2e.rig.Waiting;

/**
 * Kills one executable after another at a step, and after each kill recovers and compares with the
 * history. One node and one server live through all of it. Not thread-safe.
 */
final class Crashes implements AutoCloseable {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final int KILLED = 137;

  /** More than the base that it leads to. */
  private static final int LARGE_MEBIBYTES = 2;

  private static final int MOST_MILLIS = 1500;
  private static final int MOST_WRITES = 400;
  private static final int FURTHER_WRITES = 50;

  private final Path temp;
  private final History history = new History();
  private final Site site;
  private Map<String, String> pluginEnvironment = Map.of();

  Crashes(Path temp) {
    this.temp = temp;
    Options options = history.notedBy(Options.standard());
    site = new Site(temp, options.withEnvironment(() -> pluginEnvironment), new Executables());
    site.installed();
    site.node().boot();
  }

  Site site() {
    return site;
  }

  History history() {
    return history;
  }

  /**
   * The server dies at a step while the node writes on; it comes back, the node never notices.
   *
   * @return whether it came to that step
   */
  boolean server(Failpoint point, Work work) {
    prepare(work);
    site.server().kill9();
    Failpoint.Armed armed = arm(point);
    site.executables().environment(armed.environment());
    site.serverComesBack();
    site.executables().environment(Map.of());
    CompletableFuture<Void> running = CompletableFuture.runAsync(() -> doUntil(armed, work));
    Waiting.until(() -> armed.isReached() || running.isDone(), SOON, point::toString);
    if (armed.isReached()) {
      Waiting.until(() -> !site.server().isAlive(), SOON, () -> "the server's end");
      // Before the plugin can mend with a base what the server should never have lost.
      Path image = temp.resolve("image");
      Site.copyAll(site.server().dataDir(), image);
      Images.assertKept(image, history.acknowledgedVersion());
      site.serverComesBack();
    } else {
      site.killServer();
    }
    running.join();
    check();
    return armed.isReached();
  }

  /**
   * The plugin dies at a step, and the node with it: it stays down.
   *
   * @return whether it came to that step
   */
  boolean plugin(Failpoint point, Work work) {
    prepare(work);
    down();
    Failpoint.Armed armed = arm(point);
    pluginEnvironment = armed.environment();
    boolean died = diesWhile(() -> doUntil(armed, work));
    pluginEnvironment = Map.of();
    assertThat(died).as("the node died with its plugin: %s", point).isEqualTo(armed.isReached());
    down();
    check();
    return armed.isReached();
  }

  /** The server, the plugin or both die while the node writes, whatever they are at. */
  void anyMoment(Random random) {
    up();
    int millis = random.nextInt(MOST_MILLIS);
    int what = random.nextInt(3);
    boolean died =
        diesWhile(
            () -> {
              CompletableFuture<Void> killer =
                  CompletableFuture.runAsync(() -> killAfter(millis, what));
              try {
                while (!killer.isDone()) {
                  site.node().writes(1);
                }
              } finally {
                killer.join();
              }
              site.node().writes(1);
            });
    assertThat(died).isEqualTo(what != 0);
    check();
  }

  private void killAfter(int millis, int what) {
    Waiting.within(() -> false, Duration.ofMillis(millis));
    if (what != 0) {
      site.node().kill9Plugin();
    }
    if (what != 1) {
      site.killServer();
    }
  }

  /** The node dies by itself, in one of its own ways. */
  void node(Random random) {
    up();
    FakeLightningd node = site.node();
    switch (random.nextInt(5)) {
      case 0 -> node.crashBeforeCommit();
      case 1 -> node.crashDuringHook();
      case 2 -> node.crashSpilledBeforeCommit();
      case 3 -> node.crashBetweenPragmaOffAndOn();
      default -> node.crash();
    }
    check();
  }

  /**
   * An install dies at a step; doing it again completes it.
   *
   * @return whether it came to that step
   */
  boolean install(Failpoint point) {
    down();
    LightningDir fresh = site.withoutPlugin();
    Failpoint.Armed armed = arm(point);
    site.executables().environment(armed.environment());
    Finished finished = site.install(fresh);
    site.executables().environment(Map.of());
    assertThat(finished.exit()).isEqualTo(armed.isReached() ? KILLED : 0);
    check();
    site.install(fresh).orFail();
    goOnAt(fresh);
    return armed.isReached();
  }

  /**
   * A recovery dies at a step; doing it again completes it, and the old node never writes again.
   *
   * @return whether it came to that step
   */
  boolean recover(Failpoint point) {
    up();
    LightningDir fresh = site.emptyDir();
    Failpoint.Armed armed = arm(point);
    site.executables().environment(armed.environment());
    Finished finished = site.recover(fresh, "--take-over");
    site.executables().environment(Map.of());
    assertThat(finished.exit()).isEqualTo(armed.isReached() ? KILLED : 0);
    if (armed.isReached()) {
      Finished again = site.recover(fresh, "--take-over");
      // Killed after the last step, all is in place already.
      assertThat(again.exit() == 0 || again.err().contains("there is a database already"))
          .as("%s", again)
          .isTrue();
    }
    FakeLightningd old = site.node();
    assertThat(diesWhile(() -> old.writes(1))).as("the old node writes on").isTrue();
    goOnAt(fresh);
    return armed.isReached();
  }

  /**
   * The plugin dies at a step after another installation took over; the node never writes again.
   *
   * @return whether it came to that step
   */
  boolean superseded(Failpoint point) {
    down();
    Failpoint.Armed armed = arm(point);
    pluginEnvironment = armed.environment();
    up();
    pluginEnvironment = Map.of();
    LightningDir fresh = site.emptyDir();
    site.recover(fresh, "--take-over").orFail();
    FakeLightningd old = site.node();
    assertThat(diesWhile(() -> old.writes(1))).as("the old node writes on").isTrue();
    assertThat(diesWhile(old::boot)).as("the old node starts again").isTrue();
    assertThat(site.dir().plugins()).isDirectoryContaining("glob:**.superseded");
    goOnAt(fresh);
    return armed.isReached();
  }

  /**
   * The making of a server dies at a step; doing it again completes it, under the key that there
   * is.
   *
   * @return whether it came to that step
   */
  boolean init(Failpoint point) {
    Path folder = temp.resolve("init");
    String option = "--data-dir=" + folder;
    Path key = folder.resolve("server.key");
    Failpoint.Armed armed = arm(point);
    site.executables().environment(armed.environment());
    Finished killed = site.executables().server("init", option);
    site.executables().environment(Map.of());
    assertThat(killed.exit()).isEqualTo(armed.isReached() ? KILLED : 0);
    Optional<String> made = content(key);
    Finished again = site.executables().serverHere("init", option);
    // Killed after the last step, all is in place already.
    assertThat(again.exit() == 0 || again.err().contains("already initialised"))
        .as("%s", again)
        .isTrue();
    made.ifPresent(before -> assertThat(key).hasContent(before));
    site.executables().serverHere("check", option).orFail();
    Site.deleteAll(folder);
    return armed.isReached();
  }

  private static Optional<String> content(Path file) {
    try {
      return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Compares what the server holds with what the node was told, between two transactions. */
  void check() {
    Path recovered = site.recoveredFile();
    Path committed = site.committedFile();
    history.check(recovered, committed);
    Site.deleteAll(recovered);
    Site.deleteAll(committed.getParent());
  }

  /** The node is up, whether it was or not. */
  void up() {
    if (!site.node().isUp()) {
      site.node().boot();
    }
  }

  private void down() {
    if (site.node().isUp()) {
      site.node().crash();
    }
  }

  private void goOnAt(LightningDir dir) {
    LightningDir old = site.dir();
    site.moveTo(dir);
    Site.deleteAll(old.base());
    site.node().boot();
    check();
  }

  private Failpoint.Armed arm(Failpoint point) {
    return point.arm(temp.resolve("agent"));
  }

  private static boolean diesWhile(Runnable work) {
    try {
      work.run();
      return false;
    } catch (NodeDied e) {
      return true;
    }
  }

  @Override
  public void close() {
    site.close();
  }

  /** What a node does until something dies. */
  enum Work {
    /** Starts, if it must, and appends. */
    WRITES,
    /** A write so large that a base is made in the background, a full one. */
    BASE,
    /** A start on a database whose last base is known: a delta is made in the background. */
    DELTA,
    /** The same, and then a full base, which leaves a former one of two layers. */
    LAYERS,
    /** Starts on a database that the backup lags behind: a base in the hook. */
    GAP
  }

  /** Gets ready for what is to be done while nothing dies. */
  private void prepare(Work work) {
    Path pages = pages();
    if (Files.isDirectory(pages)) {
      Site.deleteAll(pages);
    }
    if (work == Work.DELTA || work == Work.LAYERS) {
      awaitBase();
      down();
    }
    if (work == Work.LAYERS) {
      awaitBase();
      down();
    }
  }

  /** One that a start makes whose database is in step. */
  private void awaitBase() {
    down();
    up();
    down();
    FileTime before = Files.exists(pages()) ? lastModified(pages()) : FileTime.fromMillis(0);
    up();
    Waiting.until(
        () -> Files.exists(pages()) && !lastModified(pages()).equals(before),
        SOON,
        () -> "a base; " + site.node().log().lines());
  }

  private static FileTime lastModified(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path pages() {
    return site.dir().networkDir().resolve(".cldcb-pages");
  }

  /** From here on each base is a full one. */
  private void forgetPages() {
    try {
      Files.deleteIfExists(pages());
      Files.createDirectory(pages());
      Files.createFile(pages().resolve("in the way"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void doUntil(Failpoint.Armed armed, Work work) {
    if (work == Work.BASE || work == Work.LAYERS) {
      forgetPages();
    }
    if (work == Work.GAP) {
      down();
      history.goesOnUnseen(site.committedFile());
      site.node().writeWithoutPlugin(1);
    }
    up();
    if (work == Work.BASE || work == Work.LAYERS) {
      site.node().incompressibleWrite(LARGE_MEBIBYTES);
    }
    for (int i = 0; i < MOST_WRITES && !armed.isReached(); i++) {
      site.node().writes(1);
    }
    // A thread in the background came there: the node notices at one of its next writes.
    site.node().writes(FURTHER_WRITES);
  }
}
