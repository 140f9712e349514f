package org.cldcb.client.cln;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import org.cldcb.chain.Network;
import org.cldcb.cli.Failure;
import org.cldcb.crypto.Passphrase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeFinderTest {
  private static final String NODE_ID =
      "02418db62ddcd7c164eb9610723f8d30fa03c9cff73de1b69fdc6f079cc52c179f";

  @TempDir private Path temp;
  private Path base;

  @BeforeEach
  void realPath() throws Exception {
    base = temp.toRealPath();
  }

  @Test
  void runningNode() throws Exception {
    try (FakeLightningd fake = FakeLightningd.in(base, NODE_ID)) {
      assertThat(fake.requests()).isEmpty();
      LightningNode node = NodeFinder.find(base, null);

      assertThat(node.liveness()).isEqualTo(Liveness.RUNNING);
      assertThat(node.dir().network()).hasToString("regtest");
      assertThat(node.alias()).contains("alice");
      assertThat(node.importantPlugins()).containsExactly("/x");
      assertThat(node.config()).isEqualTo(base.resolve("config"));
      assertThat(node.database().file()).isEqualTo(base.resolve("regtest/lightningd.sqlite3"));
      try (NodeSigner signer = node.openSigner(Passphrase.NONE)) {
        assertThat(signer.nodeId()).hasToString(NODE_ID);
      }
    }
  }

  @Test
  void pathsAreSpelledAsLightningdSpellsThem() throws Exception {
    Path link =
        Files.createSymbolicLink(temp.resolve("link"), Files.createDirectory(base.resolve("d")));
    try (FakeLightningd fake = FakeLightningd.in(base.resolve("d"), NODE_ID)) {
      fake.on(
          "listconfigs",
          params -> "{\"configs\":{\"lightning-dir\":{\"value_str\":\"" + link + "\"}}}");

      LightningNode node = NodeFinder.find(base.resolve("d"), null);

      assertThat(node.dir().wrapper()).isEqualTo(link.resolve("plugins/cldcb-plugin-wrapper"));
    }
  }

  @Test
  void lightningdInAContainerIsRefused() throws Exception {
    try (FakeLightningd fake = FakeLightningd.in(base, NODE_ID)) {
      fake.on(
          "listconfigs",
          params -> "{\"configs\":{\"lightning-dir\":{\"value_str\":\"/in/a/container\"}}}");
      assertThatExceptionOfType(Failure.class)
          .isThrownBy(() -> NodeFinder.find(base, null))
          .withMessageContaining("/in/a/container");
    }
  }

  @Test
  void lightningdThatAnswersNothingIsFrozen() throws Exception {
    try (FakeLightningd fake = FakeLightningd.in(base, NODE_ID)) {
      fake.freeze();
      assertThat(NodeFinder.find(base, null).liveness()).isEqualTo(Liveness.FROZEN);
    }
  }

  @Test
  void heldPidFileMeansFrozenWhileNobodyListens() throws Exception {
    Files.createDirectory(base.resolve("regtest"));
    Path pidFile = Files.createFile(base.resolve("lightningd-regtest.pid"));
    Process holder = LockHolder.start(pidFile);
    try {
      assertThat(NodeFinder.find(base, new Network("regtest")).liveness())
          .isEqualTo(Liveness.FROZEN);
    } finally {
      holder.getOutputStream().close();
      holder.waitFor();
    }
    assertThat(NodeFinder.find(base, new Network("regtest")).liveness()).isEqualTo(Liveness.DOWN);
  }

  @Test
  void staleSocketMeansDown() throws Exception {
    FakeLightningd.in(base, NODE_ID).close();
    assertThat(base.resolve("regtest/lightning-rpc")).exists();
    assertThat(NodeFinder.find(base, new Network("regtest")).liveness()).isEqualTo(Liveness.DOWN);
  }

  @Test
  void databaseOfANodeThatIsDownComesFromItsConfig() throws Exception {
    Files.writeString(base.resolve("config"), "wallet=sqlite3:///elsewhere/db:/replica\n");
    assertThat(NodeFinder.find(base, null).database().file()).isEqualTo(Path.of("/elsewhere/db"));
  }

  @Test
  void networkIsThatOfTheOnlyNode() throws Exception {
    Files.createDirectory(base.resolve("bitcoin"));
    Files.createDirectory(base.resolve("plugins"));
    node("signet");
    assertThat(NodeFinder.find(base, null).dir().network()).hasToString("signet");
  }

  @Test
  void bitcoinUnlessTheFolderShowsAnother() throws Exception {
    assertThat(NodeFinder.find(base, null).dir().network()).hasToString("bitcoin");
    node("bitcoin");
    node("signet");
    assertThat(NodeFinder.find(base, null).dir().network()).hasToString("bitcoin");
  }

  @Test
  void severalNetworksNeedTheOption() throws Exception {
    node("signet");
    node("regtest");
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> NodeFinder.find(base, null))
        .matches(e -> e.exitCode() == 2)
        .matches(e -> e.hints().get(0).contains("--network"));
  }

  @Test
  void folderOfANetworkIsNoLightningDir() throws Exception {
    node("regtest");
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> NodeFinder.find(base.resolve("regtest"), null))
        .matches(e -> e.hints().get(0).contains("--lightning-dir=" + base));
  }

  @Test
  void missingFolder() {
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> NodeFinder.find(base.resolve("none"), null))
        .withMessageContaining("none");
  }

  private void node(String network) throws Exception {
    Path folder = base.resolve(network);
    Files.createDirectories(folder);
    Files.createFile(folder.resolve("hsm_secret"));
    Files.createFile(folder.resolve("lightningd.sqlite3"));
  }
}
