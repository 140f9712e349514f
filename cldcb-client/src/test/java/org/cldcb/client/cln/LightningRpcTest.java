package org.cldcb.client.cln;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LightningRpcTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  @TempDir private Path folder;

  @Test
  void givesTheResult() throws Exception {
    try (FakeLightningd fake = new FakeLightningd(folder.resolve("rpc"))) {
      fake.on("getinfo", params -> "{\"id\":\"02\"}");
      assertThat(call("getinfo").path("id").asText()).isEqualTo("02");
    }
  }

  @Test
  void sendsUtf8Unescaped() throws Exception {
    try (FakeLightningd fake = new FakeLightningd(folder.resolve("rpc"))) {
      fake.on("plugin", params -> "\"" + params.path("plugin").asText() + "\"");
      LightningRpc rpc = new LightningRpc(folder.resolve("rpc"));
      String answer =
          rpc.call("plugin", LightningRpc.params().put("plugin", "/tmp/büro ⚡"), TIMEOUT).asText();

      assertThat(answer).isEqualTo("/tmp/büro ⚡");
      assertThat(fake.requests()).singleElement().asString().contains("büro ⚡");
    }
  }

  @Test
  void readsLongAnswers() throws Exception {
    try (FakeLightningd fake = new FakeLightningd(folder.resolve("rpc"))) {
      String blob = "ab\\n\\ncd".repeat(100_000);
      fake.on("long", params -> "\"" + blob + "\"");
      assertThat(call("long").asText()).hasSize(600_000);
    }
  }

  @Test
  void errorsAreTold() throws Exception {
    try (FakeLightningd fake = new FakeLightningd(folder.resolve("rpc"))) {
      assertThatExceptionOfType(RpcException.class)
          .isThrownBy(() -> call("nonsense"))
          .withMessage("lightningd refused nonsense: Unknown command")
          .matches(e -> e.code() == -32601);
    }
  }

  @Test
  void silenceTimesOut() throws Exception {
    try (FakeLightningd fake = new FakeLightningd(folder.resolve("rpc"))) {
      fake.freeze();
      LightningRpc rpc = new LightningRpc(folder.resolve("rpc"));
      assertThat(rpc.isListening()).isTrue();
      assertThatExceptionOfType(SocketTimeoutException.class)
          .isThrownBy(() -> rpc.call("getinfo", LightningRpc.params(), Duration.ofMillis(200)));
    }
  }

  @Test
  void nobodyThere() {
    assertThat(new LightningRpc(folder.resolve("rpc")).isListening()).isFalse();
    assertThatIOException().isThrownBy(() -> call("getinfo"));
  }

  @Test
  void pathLongerThanTheKernelTakes() throws Exception {
    Path deep = Files.createDirectories(folder.resolve("d".repeat(100)).resolve("e".repeat(100)));
    Path shortWay = Files.createSymbolicLink(folder.resolve("s"), deep);
    try (FakeLightningd fake = new FakeLightningd(shortWay.resolve("rpc"))) {
      fake.on("getinfo", params -> "{}");
      assertThat(new LightningRpc(deep.resolve("rpc")).isListening()).isTrue();
    }
  }

  private com.fasterxml.jackson.databind.JsonNode call(String method) throws Exception {
    return new LightningRpc(folder.resolve("rpc")).call(method, LightningRpc.params(), TIMEOUT);
  }
}
