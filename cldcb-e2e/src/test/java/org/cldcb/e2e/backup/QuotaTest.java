package org.cldcb.e2e.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.cldcb.e2e.rig.Waiting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node whose quota has no room for another base. */
class QuotaTest {
  private static final Duration SOON = Duration.ofSeconds(40);

  /** More than the smallest quota, however well it is compressed. */
  private static final int MEBIBYTES = 4;

  @TempDir Path temp;

  @Test
  void writesGoOnButAFullBackupWaitsForMore() {
    try (Site site = new Site(temp)) {
      String nodeId = site.nodeId();
      site.installed();
      allow(site, nodeId, "1MiB");
      site.node().boot();
      site.node().incompressibleWrite(MEBIBYTES);
      // The first base in the background is of the database as it was before the large write.
      Waiting.until(
          () -> {
            site.node().writes(1);
            return site.node().log().has("no new base, the old one goes on: the node's quota");
          },
          SOON,
          () -> "a refused base; " + site.node().log().lines());
      site.node().writes(50);
      assertThat(site.node().log().has("waiting since")).isFalse();
      assertThat(site.status().get("used_bytes").asLong()).isGreaterThan(MEBIBYTES << 20);
      site.node().shutdown();
      site.assertRecoverable();

      site.node().writeWithoutPlugin(3);
      CompletableFuture<Void> boots = CompletableFuture.runAsync(() -> site.node().boot());
      site.node()
          .log()
          .await(
              line -> line.message().contains("cldcb-server allow " + nodeId + " --quota"), SOON);
      assertThat(boots).isNotDone();
      allow(site, nodeId, "100MiB");
      Waiting.until(boots::isDone, SOON, () -> "the node to go on; " + site.node().log().lines());
      boots.join();
      site.node().writes(5);
      site.node().shutdown();
      site.assertRecoverable();
    }
  }

  private static void allow(Site site, String nodeId, String quota) {
    String data = site.server().dataDir().toString();
    site.executables().server("allow", nodeId, "--quota", quota, "--data-dir", data).orFail();
  }
}
