package org.cldcb.e2e.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.cldcb.e2e.rig.Dump;
import org.cldcb.e2e.rig.Executables;
import org.cldcb.e2e.rig.FakeLightningd;
import org.cldcb.e2e.rig.Finished;
import org.cldcb.e2e.rig.Folders;
import org.cldcb.e2e.rig.LightningDir;
import org.cldcb.e2e.rig.NodeDied;
import org.cldcb.e2e.rig.Options;
import org.cldcb.e2e.rig.ServerProcess;
import org.cldcb.e2e.rig.Trace;
import org.cldcb.e2e.rig.TracePlayer;

/**
 * A node's life, loss and return, with the real executables and the rig's lightningd. Ends with
 * exit code 0 only if the recovered database is the lost one.
 */
public final class Demo {
  private static final int WRITES_BEFORE_INSTALL = 300;
  private static final int WRITES_UNDER_BACKUP = 2000;
  private static final int WRITES_AT_ONCE = 50;

  /** Where a write takes long: the demo keeps below a minute. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final Story story;
  private final Path folder;
  private final Executables executables;

  private Demo(Story story, Path folder, Executables executables) {
    this.story = story;
    this.folder = folder;
    this.executables = executables;
  }

  /** Takes no arguments. */
  public static void main(String[] args) throws IOException {
    if (!Executables.exist()) {
      System.err.println("demo: no executables in " + Executables.home());
      System.err.println("hint: ./dev package");
      System.exit(2);
    }
    Path folder = Files.createTempDirectory("cldcb-demo");
    Executables executables = new Executables();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  executables.close();
                  delete(folder);
                }));
    try {
      boolean identical = new Demo(new Story(System.out, folder), folder, executables).tell();
      System.exit(identical ? 0 : 1);
    } catch (AssertionError | NodeDied e) {
      System.err.println("demo: failed: " + e.getMessage());
      System.exit(1);
    }
  }

  private boolean tell() {
    ServerProcess server = startServer();
    Trace trace = Trace.load(Trace.NODE_A);
    LightningDir dir = LightningDir.create(folder.resolve("lightning"), trace.hsmSecret());
    try (FakeLightningd node = new FakeLightningd(dir, Options.standard().withDurable(true))) {
      TracePlayer player = new TracePlayer(node, trace);
      startNode(player, node);
      install(server, dir);
      writeUnderBackup(player, node);
      Dump lost = lose(node);
      recover(server, dir);
      Dump recovered = Dump.of(dir.database());
      goOn(node);
      return compare(lost, recovered);
    } finally {
      server.stop();
      System.out.printf("%n%.0f seconds%n", story.seconds());
    }
  }

  private ServerProcess startServer() {
    story.chapter("somewhere else: a server, which will see nothing but ciphertext");
    story.line("$ cldcb-server init --data-dir server");
    story.line("$ cldcb-server run --data-dir server --listen 127.0.0.1:0");
    ServerProcess server = executables.initServer(folder.resolve("server"));
    story.line("  listening as %s", server.contact());
    return server;
  }

  private void startNode(TracePlayer player, FakeLightningd node) {
    story.chapter("a node: the rig plays a lightningd whose traffic was recorded");
    player.play(WRITES_BEFORE_INSTALL);
    story.line("%,d writes, no backup yet", node.dataVersion());
  }

  private void install(ServerProcess server, LightningDir dir) {
    story.chapter("backup: allow the node on the server, install the plugin while it runs");
    Finished nodeId = client("node-id", dir);
    story.command(nodeId);
    story.command(server.allow(nodeId.out().strip(), "demo"));
    story.command(client("install", dir, "--server=" + server.contact(), "--yes"));
  }

  private void writeUnderBackup(TracePlayer player, FakeLightningd node) {
    story.chapter("payments: each write is on the server before the node goes on");
    long before = System.nanoTime();
    int writes = 0;
    while (writes < WRITES_UNDER_BACKUP && System.nanoTime() - before < PATIENCE.toNanos()) {
      writes += player.play(WRITES_AT_ONCE);
    }
    double seconds = (System.nanoTime() - before) / 1e9;
    story.line("%,d writes in %.1f s: %.2f ms each", writes, seconds, seconds * 1000 / writes);
    node.writes(1);
    story.line("the last one has data_version %,d", node.dataVersion());
    story.command(client("status", node.dir()));
  }

  private Dump lose(FakeLightningd node) {
    story.chapter("disaster: kill -9, then everything but hsm_secret is gone");
    node.crash();
    Dump lost = Dump.of(node.dir().database());
    node.dir().loseAllButTheSecret();
    story.line("left: %s", files(node.dir().base()));
    return lost;
  }

  private void recover(ServerProcess server, LightningDir dir) {
    story.chapter("recovery: from hsm_secret and the server's contact");
    story.command(client("recover", dir, "--server=" + server.contact(), "--yes", "--take-over"));
  }

  private boolean compare(Dump lost, Dump recovered) {
    story.chapter("what was lost and what came back: schema and all rows with their row ids");
    story.line("lost       sha256 %s  %,d rows", lost.sha256(), lost.rows());
    story.line("recovered  sha256 %s  %,d rows", recovered.sha256(), recovered.rows());
    Optional<String> difference = lost.firstDifference(recovered);
    difference.ifPresent(text -> story.line("first difference, %s", text));
    story.line(difference.isEmpty() ? "identical" : "DIFFERENT");
    return difference.isEmpty();
  }

  private void goOn(FakeLightningd node) {
    story.chapter("and on: the recovered node starts, backed up from its first write");
    node.boot();
    node.writes(10);
    story.line("at data_version %,d", node.dataVersion());
    node.shutdown();
  }

  private Finished client(String command, LightningDir dir, String... more) {
    return executables.client(dir, command, more).orFail();
  }

  private String files(Path base) {
    try (Stream<Path> files = Files.walk(base)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .sorted()
          .reduce((a, b) -> a + ", " + b)
          .orElse("nothing");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) {
    try {
      Folders.delete(folder);
    } catch (IOException e) {
      System.err.println("demo: left " + folder + ": " + e.getMessage());
    }
  }
}
