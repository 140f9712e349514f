package org.cldcb.client.install;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.cldcb.client.CommandLineRun;
import org.cldcb.client.cln.FakeLightningd;
import org.cldcb.client.cln.FakePlugins;
import org.cldcb.crypto.HsmSecret;
import org.cldcb.crypto.MessageSignature;
import org.cldcb.crypto.NodeKey;
import org.junit.jupiter.api.Test;

/** The whole command on a node that runs, or hangs. */
class InstallRunningTest extends InstallFixture {
  @Test
  void runningNode_isProtectedAtOnce() throws Exception {
    List<String> plugins = new CopyOnWriteArrayList<>();
    try (FakeLightningd lightningd = running(plugins)) {
      CommandLineRun run = install("--server", server.contact());

      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(run.out().lines().findFirst()).contains("protected at data_version 11");
      assertThat(run.out()).contains("restart lightningd once");
      assertThat(plugins).containsExactly(wrapperPath.toString());
      assertThat(lightningd.requests()).anyMatch(request -> request.contains("[\"cldcb\"]"));
    }
  }

  @Test
  void runningPluginWithAnUnchangedWrapper_isLeftAlone() throws Exception {
    List<String> plugins = new CopyOnWriteArrayList<>();
    try (FakeLightningd lightningd = running(plugins)) {
      install("--server", server.contact());
      int before = lightningd.requests().size();

      assertThat(install().exitCode()).isZero();

      assertThat(lightningd.requests().subList(before, lightningd.requests().size()))
          .noneMatch(request -> request.contains("\"stop\"") || request.contains("\"start\""));
    }
  }

  @Test
  void pluginOfAnUnchangedWrapper_thatDoesNotRunIsStartedWithoutImportance() throws Exception {
    List<String> plugins = new CopyOnWriteArrayList<>();
    try (FakeLightningd lightningd = running(plugins)) {
      install("--server", server.contact());
      lightningd.on(
          "listconfigs",
          params ->
              "{\"configs\":{\"important-plugin\":{\"values_str\":[\"" + wrapperPath + "\"]}}}");
      assertThat(install().out()).startsWith("protected").doesNotContain("restart lightningd once");
      plugins.clear();

      assertThat(install().out()).contains("restart lightningd once");
      assertThat(plugins).containsExactly(wrapperPath.toString());
    }
  }

  @Test
  void oldPlugin_isStoppedBeforeItsDelegateIsSuperseded() throws Exception {
    List<String> plugins = new CopyOnWriteArrayList<>();
    try (FakeLightningd lightningd = running(plugins)) {
      install("--server", server.contact());
      // Exposed, so that a new delegate takes over.
      Files.setPosixFilePermissions(wrapperPath, PosixFilePermissions.fromString("rwxr-xr-x"));
      int before = lightningd.requests().size();

      assertThat(install("--server", server.contact(), "--yes").exitCode()).isZero();

      List<String> after = lightningd.requests().subList(before, lightningd.requests().size());
      int stop = indexOf(after, "\"stop\"");
      int claim = indexOf(after, "cldcb claim 2");
      assertThat(stop).isBetween(0, after.size());
      assertThat(claim).as("signed after the stop").isGreaterThan(stop);
      assertThat(plugins).containsExactly(wrapperPath.toString());
    }
  }

  @Test
  void claimThatFails_leavesTheOldPluginRunning() throws Exception {
    List<String> plugins = new CopyOnWriteArrayList<>();
    try (FakeLightningd lightningd = running(plugins)) {
      install("--server", server.contact());
      byte[] wrapper = Files.readAllBytes(wrapperPath);
      Files.setPosixFilePermissions(wrapperPath, PosixFilePermissions.fromString("rwxr-xr-x"));
      server.movingHeads = 1000;

      CommandLineRun run = install("--server", server.contact(), "--yes");

      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.err()).contains("keeps writing");
      assertThat(lightningd.requests()).anyMatch(request -> request.contains("\"stop\""));
      assertThat(plugins).containsExactly(wrapperPath.toString());
      assertThat(Files.readAllBytes(wrapperPath)).isEqualTo(wrapper);
    }
  }

  @Test
  void frozenNode_goesOnOnceItsDelegateIsClaimedAgain() throws Exception {
    try (FakeLightningd lightningd = running(new CopyOnWriteArrayList<>())) {
      install("--server", server.contact());
      server.loseStore();
      lightningd.freeze();
      // The plugin that waits makes its base as soon as it may.
      server.onClaim = () -> server.backedUp(11);

      CommandLineRun run = install();

      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(run.out()).startsWith("protected at data_version 11");
    }
  }

  @Test
  void frozenNode_withAnotherDelegateHasToBeStartedAnew() throws Exception {
    try (FakeLightningd lightningd = running(new CopyOnWriteArrayList<>())) {
      lightningd.freeze();

      CommandLineRun run = install("--server", server.contact());

      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(run.out()).contains("has to be killed and started");
    }
  }

  private static int indexOf(List<String> requests, String part) {
    for (int i = 0; i < requests.size(); i++) {
      if (requests.get(i).contains(part)) {
        return i;
      }
    }
    return -1;
  }

  /** A lightningd whose plugin, once started, backs up every write. */
  private FakeLightningd running(List<String> plugins) throws Exception {
    FakeLightningd lightningd = FakeLightningd.in(base, NODE_ID);
    lightningd.on("plugin", params -> FakePlugins.answer(plugins, params));
    lightningd.on(
        "signmessage",
        params -> "{\"zbase\":\"" + sign(params.path("message").asText()).zbase32() + "\"}");
    lightningd.on(
        "datastore",
        params -> {
          server.backedUp(11);
          return TextNode.valueOf("ok").toString();
        });
    return lightningd;
  }

  private MessageSignature sign(String message) {
    try (NodeKey key = HsmSecret.open(base.resolve("regtest/hsm_secret"))) {
      return key.sign(message);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
