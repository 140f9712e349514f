package org.cldcb.e2e.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.cldcb.e2e.rig.Executables;
import org.cldcb.e2e.rig.FaultyDisk;
import org.cldcb.e2e.rig.FaultyDisk.Call;
import org.cldcb.e2e.rig.FaultyDisk.Failure;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * A node whose server is on a bad disk, through all tests. After each, once the disk is mended, a
 * recovery must give the node's database.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class BadDiskTest {
  static final Duration SOON = Duration.ofSeconds(30);

  FaultyDisk disk;
  Site site;

  @BeforeAll
  void makeSite(@TempDir Path temp) {
    disk = FaultyDisk.at(temp.resolve("server"));
    site = new Site(temp, new Executables(disk.environment()));
    site.installed();
    site.node().boot();
  }

  @AfterEach
  void everythingIsThere() {
    disk.mend();
    site.assertRecoverable();
  }

  @AfterAll
  void close() {
    site.close();
  }

  /** Lets the disk fail and the node write; comes back when the node waits, and says why. */
  CompletableFuture<Void> writeWhile(Call call, Failure failure, String said) {
    long before = saying(said);
    disk.fail(call, failure);
    CompletableFuture<Void> write = CompletableFuture.runAsync(() -> site.node().writes(1));
    site.node().log().await(line -> saying(said) > before, SOON);
    assertThat(write).isNotDone();
    return write;
  }

  /** How often the node has said that it waits for this reason. */
  long saying(String said) {
    return site.node().log().messages("unusual").stream()
        .filter(line -> line.contains(said))
        .count();
  }
}
