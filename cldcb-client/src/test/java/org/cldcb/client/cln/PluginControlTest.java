package org.cldcb.client.cln;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginControlTest {
  @TempDir private Path folder;
  private final List<String> plugins = new ArrayList<>(List.of("/usr/libexec/pay"));
  private FakeLightningd fake;
  private PluginControl control;

  @BeforeEach
  void start() throws Exception {
    fake = new FakeLightningd(folder.resolve("rpc"));
    fake.on("plugin", params -> FakePlugins.answer(plugins, params));
    control = new PluginControl(new LightningRpc(folder.resolve("rpc")));
  }

  @AfterEach
  void stop() throws Exception {
    fake.close();
  }

  @Test
  void findsThePluginByName() throws Exception {
    assertThat(control.running()).isEmpty();
    plugins.add("/any/where/cldcb-plugin-wrapper");
    assertThat(control.running()).contains("/any/where/cldcb-plugin-wrapper");
  }

  @Test
  void stopsEveryOne() throws Exception {
    plugins.add("/a/cldcb-plugin-wrapper");
    plugins.add("/link/cldcb-plugin-wrapper");
    control.stop();
    assertThat(plugins).containsExactly("/usr/libexec/pay");
  }

  @Test
  void stoppingNothingIsFine() throws Exception {
    control.stop();
    assertThat(plugins).hasSize(1);
  }

  @Test
  void startThatFailsIsTold() {
    assertThatExceptionOfType(RpcException.class)
        .isThrownBy(() -> control.start(Path.of("/broken")))
        .withMessageContaining("not executable");
  }
}
