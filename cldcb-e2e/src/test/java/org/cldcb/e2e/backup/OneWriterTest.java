package org.cldcb.e2e.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.cldcb.e2e.rig.Dump;
import org.cldcb.e2e.rig.FakeLightningd;
import org.cldcb.e2e.rig.LightningDir;
import org.cldcb.e2e.rig.NodeDied;
import org.cldcb.e2e.rig.Waiting;
import org.junit.jupiter.api.Test;

/** Two live copies of one node lose money: only one may write, and it waits rather than guesses. */
class OneWriterTest extends BackedUpNodeTest {
  @Test
  void aRecoveryElsewhereHaltsTheOldNodeForGood() {
    LightningDir other = site.recoverElsewhere();
    Dump taken = Dump.of(other.database());
    assertThatThrownBy(() -> site.node().writes(1))
        .isInstanceOf(NodeDied.class)
        .hasMessageContaining("claimed by another installation");
    assertThatThrownBy(() -> site.node().boot())
        .isInstanceOf(NodeDied.class)
        .hasMessageContaining("claimed by another installation");
    site.server().stop();
    assertThatThrownBy(() -> site.node().boot())
        .as("the tombstone needs no server")
        .isInstanceOf(NodeDied.class);
    Site.assertSame(site.committed(), taken);
  }

  @Test
  void aRecoveryDuringWritesClaimsTheTrueHead() throws Exception {
    CompletableFuture<Void> busy =
        CompletableFuture.runAsync(
            () -> {
              while (true) {
                site.node().writes(1);
              }
            });
    LightningDir other = site.recoverElsewhere();
    assertThatThrownBy(busy::get).hasCauseInstanceOf(NodeDied.class);
    Site.assertSame(Dump.of(other.database()), site.committed());
  }

  @Test
  void ofTwoCloneMachinesOneHaltsAndNothingIsLost() {
    site.node().shutdown();
    try (FakeLightningd clone = Site.newNode(site.cloned())) {
      site.node().boot();
      site.node().writes(3);
      // The clone's database is older than the backup by now.
      assertThatThrownBy(clone::boot).isInstanceOf(NodeDied.class);
      site.node().writes(3);
      site.node().shutdown();
      site.assertRecoverable();
    }
  }

  @Test
  void aCloneThatStartedAtTheSameVersionHaltsTheOther() {
    site.node().shutdown();
    try (FakeLightningd clone = Site.newNode(site.cloned())) {
      site.node().start();
      clone.boot();
      clone.writes(3);
      assertThatThrownBy(() -> site.node().writes(1)).isInstanceOf(NodeDied.class);
      clone.writes(3);
      clone.shutdown();
      Site.assertSame(site.recovered(), Dump.of(clone.dir().database()));
    }
  }

  @Test
  void aServerThatLostItsStoreMakesTheNodeWaitUntilInstall() throws Exception {
    // A base made in the background, whose generation must not be carried over to the new store.
    site.node().restart();
    Waiting.until(
        () -> site.status().get("generation").asInt() > 1, SOON, () -> "the base at the start");
    site.node().writes(1);
    site.loseStore();
    CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> site.node().writes(3));
    site.node().log().await(line -> line.message().contains("run cldcb-client install"), SOON);
    assertThat(waiting).isNotDone();
    site.install().orFail();
    Waiting.until(waiting::isDone, SOON, () -> "the node to go on by itself");
    waiting.get();
    site.node().shutdown();
    site.assertRecoverable();
  }

  @Test
  void aServerRestoredFromAnOlderCopyGetsABase() {
    Path copy = site.copyStore();
    site.node().writes(10);
    site.restoreStore(copy);
    site.node().writes(3);
    assertThat(site.node().log().has("full backup complete")).isTrue();
    site.node().shutdown();
    site.assertRecoverable();
  }

  @Test
  void aRevokedNodeWaitsAndGoesOnWhenAllowed() throws Exception {
    site.executables()
        .server("revoke", site.nodeId(), "--data-dir", site.server().dataDir().toString())
        .orFail();
    CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> site.node().writes(1));
    site.node().log().await(line -> line.message().contains("cldcb-server allow"), SOON);
    assertThat(waiting).isNotDone();
    site.server().allow(site.nodeId(), "test");
    Waiting.until(waiting::isDone, SOON, () -> "the node to go on");
    waiting.get();
    site.node().shutdown();
    site.assertRecoverable();
  }

  @Test
  void anUnreachableServerMakesTheNodeWait() throws Exception {
    site.server().kill9();
    CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> site.node().writes(1));
    site.node().log().await(line -> line.message().contains("can't be reached"), SOON);
    assertThat(waiting).isNotDone();
    site.serverComesBack();
    Waiting.until(waiting::isDone, SOON, () -> "the node to go on");
    waiting.get();
    site.node().shutdown();
    site.assertRecoverable();
  }
}
