package org.cldcb.e2e.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.cldcb.e2e.rig.Dump;
import org.cldcb.e2e.rig.Executables;
import org.cldcb.e2e.rig.FakeLightningd;
import org.cldcb.e2e.rig.FaultyDisk;
import org.cldcb.e2e.rig.FaultyDisk.Call;
import org.cldcb.e2e.rig.FaultyDisk.Failure;
import org.cldcb.e2e.rig.Finished;
import org.cldcb.e2e.rig.LightningDir;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The node's disk has no room: for a copy of its database, or for the one that is recovered. */
class NodeDiskTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir Path temp;
  private FaultyDisk disk;

  @BeforeEach
  void makeDisk() {
    disk = FaultyDisk.at(temp.resolve("all"));
  }

  @Test
  void thePluginWaitsForRoomForACopyAndLeavesNoneBehind() throws Exception {
    try (Site site = new Site(temp.resolve("all"))) {
      site.installed();
      site.node().boot();
      site.node().shutdown();
      site.node().writeWithoutPlugin(5); // so that a base is due
      Path plugin = Executables.home().resolve("bin/cldcb-plugin");
      Site.replaceInFile(site.dir().wrapper(), plugin.toString(), disk.launcher(plugin).toString());

      disk.fail(Call.WRITE, Failure.NO_ROOM, "/database.sqlite3");
      CompletableFuture<Void> boot = CompletableFuture.runAsync(() -> site.node().boot());
      site.node()
          .log()
          .await(
              line ->
                  line.message().contains("can't be copied in " + site.dir().networkDir())
                      && line.message().contains("No space left on device"),
              SOON);
      assertThat(boot).isNotDone();
      disk.mend();
      boot.get(SOON.toSeconds(), TimeUnit.SECONDS);
      site.node().writes(2);
      site.node().shutdown();
      assertThat(names(site.dir().networkDir()))
          .noneMatch(name -> name.startsWith(".cldcb-snapshot"));
      site.assertRecoverable();
    }
  }

  @Test
  void aRecoveryWithoutRoomLeavesNothingAndWorksOnceThereIsSome() throws Exception {
    try (Site site = new Site(temp.resolve("all"), new Executables(disk.environment()))) {
      site.installed();
      site.node().boot();
      site.node().writes(5);
      site.node().shutdown();
      Dump database = site.committed();
      LightningDir empty = site.emptyDir();
      List<String> before = names(empty.base());

      // In the base, in the records, and where SQLite wants to be able to roll back.
      for (String file : List.of("/lightningd.sqlite3", "/lightningd.sqlite3-journal")) {
        disk.fail(Call.WRITE, Failure.NO_ROOM, file);
        Finished recovery = site.recover(empty, "--take-over");
        assertThat(recovery.exit()).isEqualTo(1);
        assertThat(recovery.err()).contains("cldcb-client: the database can't be written: ");
        assertThat(names(empty.base())).isEqualTo(before);
      }

      disk.mend();
      site.recover(empty, "--take-over").orFail();
      Site.assertSame(Dump.of(empty.database()), database);
      try (FakeLightningd node = Site.newNode(empty)) {
        node.boot();
        node.shutdown();
      }
    }
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
