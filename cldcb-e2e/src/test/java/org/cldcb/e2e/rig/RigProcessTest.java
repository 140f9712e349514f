package org.cldcb.e2e.rig;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that is a process of its own dies as one. */
class RigProcessTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir Path temp;

  @Test
  void killed9ItRollsBackAndItsPluginSeesTheEnd() throws Exception {
    LightningDir dir = LightningDir.create(temp.resolve("node"));
    TestPlugin plugin = TestPlugin.install(dir.plugins().resolve("test"), temp.resolve("told"));
    try (RigProcess node = RigProcess.start(dir, Trace.NODE_A)) {
      assertThat(node.ask("play 60", LIMIT)).isGreaterThan(40);
      node.askToCrash("crash-spilled");
    }
    Waiting.until(() -> told(plugin, "eof"), LIMIT, () -> "the plugin to see the end");
    assertThat(Path.of(dir.database() + "-journal")).isNotEmptyFile();

    try (RigProcess node = RigProcess.start(dir, Trace.NODE_A)) {
      long version = node.ask("boot", LIMIT);
      assertThat(node.ask("writes 5", LIMIT)).isEqualTo(version + 5);
      node.kill9();
    }
  }

  private static boolean told(TestPlugin plugin, String what) {
    try {
      return plugin.told().contains(what);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
