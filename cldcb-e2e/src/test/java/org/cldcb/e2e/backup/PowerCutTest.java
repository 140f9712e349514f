package org.cldcb.e2e.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.cldcb.e2e.rig.Executables;
import org.cldcb.e2e.rig.FaultyDisk;
import org.cldcb.e2e.rig.Waiting;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The server's power is cut, which kill -9 isn't: of what it wrote only that is left which was
 * synced, and by chance some more. Whatever was answered {@code continue} must be there.
 */
class PowerCutTest {
  private static final long SEED = 20_261_124;
  private static final int ROUNDS = 3;
  private static final int CUTS_IN_A_ROUND = 6;
  private static final int MAX_WRITES_BETWEEN = 16;
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir Path temp;
  private FaultyDisk disk;
  private Site site;
  private final Random random = new Random(SEED);
  private final AtomicBoolean writing = new AtomicBoolean();
  private final AtomicLong acknowledged = new AtomicLong();
  private Images images;

  @BeforeEach
  void makeSite() {
    disk = FaultyDisk.at(temp.resolve("server"));
    // Bases come often, so that cuts hit them as well.
    site = new Site(temp, new Executables(disk.environment()), "--compact-min", "2000");
    site.installed();
    site.node().boot();
    images = new Images(site, disk);
    acknowledged.set(site.node().dataVersion());
  }

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void whatWasAcknowledgedIsThereWheneverThePowerIsCut() throws Exception {
    CompletableFuture<Void> writer = write();
    for (int round = 0; round < ROUNDS; round++) {
      for (int cut = 0; cut < CUTS_IN_A_ROUND; cut++) {
        awaitWrites(random.nextInt(MAX_WRITES_BETWEEN));
        long before = acknowledged.get();
        Images.assertKept(images.afterPowerCut(random, random.nextDouble()), before);
      }
      awaitWrites(random.nextInt(MAX_WRITES_BETWEEN));
      site.server().kill9();
      long before = acknowledged.get();
      disk.cutPower(random, random.nextDouble());
      Images.assertKept(images.copy(), before);
      site.serverComesBack();
    }
    writing.set(false);
    writer.get(SOON.toSeconds(), TimeUnit.SECONDS);

    // It makes one at the start, and one whenever the server has less than was acknowledged.
    assertThat(site.node().log().messages("unusual"))
        .filteredOn(line -> line.startsWith("making a full backup"))
        .hasSize(1);
    assertThat(site.status().get("generation").asInt()).isGreaterThan(1);
    site.executables().server("check", "--data-dir", site.server().dataDir().toString()).orFail();
    site.assertRecoverable();
  }

  /** Then a moment more, so that the cut comes anywhere within a write. */
  private void awaitWrites(int count) throws InterruptedException {
    long wanted = acknowledged.get() + count;
    Waiting.until(() -> acknowledged.get() >= wanted, SOON, () -> "writes");
    TimeUnit.MICROSECONDS.sleep(random.nextInt(20_000));
  }

  private CompletableFuture<Void> write() {
    writing.set(true);
    return CompletableFuture.runAsync(
        () -> {
          while (writing.get()) {
            site.node().writes(1);
            acknowledged.set(site.node().dataVersion());
          }
        });
  }
}
