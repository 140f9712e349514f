package org.cldcb.e2e.rig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.cldcb.crypto.MessageSignature;
import org.cldcb.e2e.rig.TestPlugin.Mode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rig's RPC socket answers as lightningd's does. */
class RpcTest {
  @TempDir Path temp;
  private LightningDir dir;
  private FakeLightningd node;
  private RpcClient rpc;

  @BeforeEach
  void bootNode() {
    dir = LightningDir.create(temp.resolve("node"));
    node = new FakeLightningd(dir, Options.standard().withHookLimit(Duration.ofSeconds(20)));
    node.boot();
    rpc = new RpcClient(dir);
  }

  @AfterEach
  void killNode() {
    node.close();
  }

  @Test
  void tellsWhereItsFilesAre() throws Exception {
    assertThat(rpc.call("getinfo").get("lightning-dir").asText())
        .isEqualTo(dir.networkDir().toString());
    JsonNode configs = rpc.call("listconfigs").get("configs");
    assertThat(configs.at("/lightning-dir/value_str").asText()).isEqualTo(dir.base().toString());
    assertThat(configs.has("wallet")).isFalse();
  }

  @Test
  void signsWithTheNodeKey() throws Exception {
    String nodeId = rpc.call("getinfo").get("id").asText();
    JsonNode signed = rpc.call("signmessage", "hello");

    assertThat(MessageSignature.parse(signed.get("zbase").asText()).recover("hello").orElseThrow())
        .hasToString(nodeId);
    assertThat(signed.get("signature").asText()).hasSize(128);
    assertThat(signed.get("recid").asText()).matches("0[0-3]");
  }

  @Test
  void refusesEscapesAndUnknownCommands() {
    assertThatThrownBy(() -> rpc.call("signmessage", "a\u0001"))
        .isInstanceOfSatisfying(
            RpcError.class, e -> assertThat(e.code()).isEqualTo(RpcError.INVALID_PARAMS));
    assertThatThrownBy(() -> rpc.call("nosuch")).hasMessage("Unknown command 'nosuch'");
  }

  @Test
  void startsAPluginThatIsHookedFromThenOn() throws Exception {
    Path executable = temp.resolve("plugin");
    TestPlugin plugin = TestPlugin.install(executable, temp.resolve("told"));
    rpc.call("plugin", "start", executable.toString());
    rpc.call("datastore", "key", "value");

    assertThat(plugin.told()).containsExactly("getmanifest", "init", "db_write 5");
    assertThat(rpc.call("plugin", "list").at("/plugins/0/active").asBoolean()).isTrue();

    rpc.call("plugin", "stop", executable.toString());
    rpc.call("datastore", "other", "value");
    assertThat(plugin.told()).endsWith("shutdown");
  }

  @Test
  void answersNothingWhileAHookIsInFlight() throws Exception {
    Path executable = temp.resolve("plugin");
    TestPlugin plugin = TestPlugin.install(executable, temp.resolve("told"));
    rpc.call("plugin", "start", executable.toString());
    plugin.become(Mode.SILENT);
    CompletableFuture<Void> write = CompletableFuture.runAsync(() -> node.writes(1));
    node.log().await(line -> line.message().equals("silent"), Duration.ofSeconds(10));
    assertThat(node.isInHook()).isTrue();

    CompletableFuture<JsonNode> info = CompletableFuture.supplyAsync(this::getinfo);
    assertThatThrownBy(() -> info.get(300, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    node.kill9Plugin();
    assertThatThrownBy(write::get).hasCauseInstanceOf(HookFailed.class);
    assertThatThrownBy(info::get).isNotNull();
  }

  @Test
  void stopEndsTheNode() throws Exception {
    assertThat(rpc.call("stop").asText()).isEqualTo("Shutdown complete");
    assertThat(node.isUp()).isFalse();
    assertThatThrownBy(() -> rpc.call("getinfo")).isInstanceOf(IOException.class);
  }

  private JsonNode getinfo() {
    try {
      return rpc.call("getinfo");
    } catch (IOException | RpcError e) {
      throw new IllegalStateException(e);
    }
  }
}
