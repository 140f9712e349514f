package org.cldcb.e2e.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.cldcb.e2e.rig.Dump;
import org.cldcb.e2e.rig.FakeLightningd;
import org.cldcb.e2e.rig.Finished;
import org.cldcb.e2e.rig.LightningDir;
import org.cldcb.e2e.rig.NodeDied;
import org.cldcb.e2e.rig.RpcClient;
import org.cldcb.e2e.rig.Waiting;
import org.junit.jupiter.api.Test;

/** Two things go wrong at once. One that goes wrong alone is in {@link OneWriterTest}. */
class DoubleFaultsTest extends BackedUpNodeTest {
  @Test
  void theOldNodeComesBackAfterTheServerForgotTheRecovery() {
    site.node().shutdown();
    Path yesterday = site.copyStore();
    LightningDir other = site.recoverElsewhere();
    try (FakeLightningd recovered = Site.newNode(other)) {
      recovered.boot();
      recovered.writes(3);
      site.restoreStore(yesterday);
      // The server can't know better: to it the old node is the one that writes.
      site.node().boot();
      site.node().writes(1);
      CompletableFuture<Void> waits = CompletableFuture.runAsync(() -> recovered.writes(1));
      recovered.log().await(line -> line.message().contains("run cldcb-client install"), SOON);
      assertThat(waits).as("the recovered node goes on without a backup").isNotDone();
      // The remedy that it names: from then on the old node is the one that halts.
      site.install(other).orFail();
      waits.join();
      recovered.writes(3);
      assertThatThrownBy(() -> site.node().writes(1))
          .isInstanceOf(NodeDied.class)
          .hasMessageContaining("claimed by another installation");
      recovered.shutdown();
      Site.assertSame(site.recovered(), Dump.of(other.database()));
    }
  }

  @Test
  void theOldNodeKnowsOfTheRecoveryThatTheServerForgot() {
    Path yesterday = site.copyStore();
    LightningDir other = site.recoverElsewhere();
    assertThatThrownBy(() -> site.node().writes(1)).isInstanceOf(NodeDied.class);
    site.restoreStore(yesterday);
    assertThatThrownBy(() -> site.node().boot())
        .isInstanceOf(NodeDied.class)
        .hasMessageContaining("claimed by another installation");
    site.install(other).orFail();
    try (FakeLightningd recovered = Site.newNode(other)) {
      recovered.boot();
      recovered.writes(3);
      recovered.shutdown();
      Site.assertSame(site.recovered(), Dump.of(other.database()));
    }
  }

  @Test
  void ofTwoRecoveriesAtOnceOneNodeWrites() {
    site.node().shutdown();
    List<LightningDir> dirs = List.of(site.emptyDir(), site.emptyDir());
    List<CompletableFuture<Finished>> recoveries =
        dirs.stream()
            .map(dir -> CompletableFuture.supplyAsync(() -> site.recover(dir, "--take-over")))
            .toList();
    recoveries.forEach(recovery -> recovery.join().orFail());
    List<FakeLightningd> nodes = dirs.stream().map(Site::newNode).toList();
    List<FakeLightningd> writing = nodes.stream().filter(DoubleFaultsTest::boots).toList();
    assertThat(writing).hasSize(1);
    writing.get(0).writes(3);
    writing.get(0).shutdown();
    Site.assertSame(site.recovered(), Dump.of(writing.get(0).dir().database()));
    nodes.forEach(FakeLightningd::close);
  }

  @Test
  void aPluginInAHookWhoseLightningdIsDeadNeverWrites() {
    site.server().freeze();
    site.node().crashDuringHook();
    // The server is back only after the next lightningd was started beside the old plugin.
    CompletableFuture<Void> next = CompletableFuture.runAsync(() -> site.node().boot());
    site.node().awaitOrphansGone(SOON);
    site.server().thaw();
    next.join();
    site.node().writes(3);
    site.node().shutdown();
    site.assertRecoverable();
  }

  @Test
  void aPluginRestartedOnARunningNodeClosesTheGap() throws Exception {
    site.node().writes(1);
    rpc("stop");
    site.node().writeWithoutPlugin(3);
    site.server().kill9();
    rpc("start");
    CompletableFuture<Void> waits = CompletableFuture.runAsync(() -> site.node().writes(1));
    assertThat(Waiting.within(waits::isDone, Duration.ofSeconds(1))).isFalse();
    site.serverComesBack();
    waits.join();
    site.node().shutdown();
    site.assertRecoverable();
  }

  @Test
  void aCloneAndAServerOfYesterday() {
    site.node().shutdown();
    LightningDir copy = site.cloned();
    Path yesterday = site.copyStore();
    site.node().boot();
    site.node().writes(3);
    site.restoreStore(yesterday);
    try (FakeLightningd clone = Site.newNode(copy)) {
      // To the server the clone is in step; to the node's plugin the server lost data.
      clone.boot();
      site.node().writes(1);
      assertThatThrownBy(() -> clone.writes(1))
          .isInstanceOf(NodeDied.class)
          .hasMessageContaining("somebody else wrote");
      site.node().writes(3);
      site.node().shutdown();
      site.assertRecoverable();
      assertThat(site.status().get("branches").asInt()).as("the clone's writes").isPositive();
    }
  }

  private void rpc(String command) throws Exception {
    String wrapper = site.dir().wrapper().toString();
    new RpcClient(site.dir()).call("plugin", command, wrapper);
  }

  private static boolean boots(FakeLightningd node) {
    try {
      node.boot();
      return true;
    } catch (NodeDied e) {
      assertThat(e).hasMessageContaining("claimed by another installation");
      return false;
    }
  }
}
