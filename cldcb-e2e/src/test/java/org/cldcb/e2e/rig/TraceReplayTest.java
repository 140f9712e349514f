package org.cldcb.e2e.rig;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rig writes what the recorded lightningd wrote. */
class TraceReplayTest {
  @TempDir Path temp;

  @Test
  void nodeAFromNothingGivesItsLastDatabase() throws Exception {
    Trace trace = Trace.load(Trace.NODE_A);
    LightningDir dir = LightningDir.create(temp.resolve("node"), trace.hsmSecret());
    TestPlugin plugin = TestPlugin.install(dir.plugins().resolve("test"), temp.resolve("told"));

    int played = playAll(dir, trace);

    assertThat(played).isEqualTo(trace.writes().size()).isEqualTo(5121);
    Dump expected = Dump.of(trace.unpack("final", temp.resolve("final")));
    assertThat(expected.rows()).isGreaterThan(1500);
    assertThat(Dump.of(dir.database()).firstDifference(expected)).isEmpty();
    assertThat(plugin.told().stream().filter(told -> told.startsWith("db_write")))
        .containsExactlyElementsOf(
            trace.writes().stream().map(write -> "db_write " + write.dataVersion()).toList());
    assertThat(plugin.told().stream().filter(told -> !told.startsWith("db_write")).distinct())
        .containsExactly("getmanifest", "init", "shutdown");
  }

  @Test
  void theUpgradeGivesTheDatabaseAfterIt() {
    Trace trace = Trace.load(Trace.UPGRADE);
    LightningDir dir = LightningDir.create(temp.resolve("node"));
    trace.unpack("before", dir.database());
    TestPlugin.install(dir.plugins().resolve("test"), temp.resolve("told"));

    playAll(dir, trace);

    Dump expected = Dump.of(trace.unpack("after", temp.resolve("after")));
    assertThat(Dump.of(dir.database()).firstDifference(expected)).isEmpty();
  }

  @Test
  void bothTracesHoldPragmasThatLeaveTheVersion() {
    for (String name : List.of(Trace.NODE_A, Trace.UPGRADE)) {
      List<Write> start = Trace.load(name).boots().get(0).preInit();
      assertThat(start.get(1).isPragma()).isTrue();
      assertThat(start.get(1).dataVersion()).isEqualTo(start.get(0).dataVersion());
      assertThat(start.get(3).isPragma()).isTrue();
    }
  }

  private static int playAll(LightningDir dir, Trace trace) {
    try (FakeLightningd node = new FakeLightningd(dir)) {
      return new TracePlayer(node, trace).playAll();
    }
  }
}
