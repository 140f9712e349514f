package org.cldcb.e2e.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import org.cldcb.e2e.rig.Boot;
import org.cldcb.e2e.rig.Dump;
import org.cldcb.e2e.rig.LightningDir;
import org.cldcb.e2e.rig.Trace;
import org.cldcb.e2e.rig.TracePlayer;
import org.junit.jupiter.api.Test;

/**
 * Recorded lives of real nodes, from their first write to the loss of everything but the secret.
 */
class WholeTraceTest extends SiteTest {
  @Test
  void aNodeThatStartsFromNothingComesBackWhole() {
    Trace trace = Trace.load(Trace.NODE_A);
    site.installed();
    live(trace);
    site.dir().loseAllButTheSecret();
    site.recover(site.dir(), "--take-over").orFail();
    Site.assertSame(
        Dump.of(site.dir().database()),
        Dump.of(trace.unpack("final", temp.resolve("final.sqlite3"))));
    assertThat(site.status().get("generation").asInt()).isGreaterThan(5);
  }

  @Test
  void aSchemaMigrationAcrossPragmasComesBackWhole() {
    Trace trace = Trace.load(Trace.UPGRADE);
    trace.unpack("before", site.dir().database());
    site.installed();
    live(trace);
    LightningDir other = site.recoverElsewhere();
    Site.assertSame(
        Dump.of(other.database()), Dump.of(trace.unpack("after", temp.resolve("after.sqlite3"))));
    assertThat(other.database().resolveSibling("lightningd.sqlite3-journal")).doesNotExist();
  }

  @Test
  void aBackupThatBeginsInMidLifeComesBackWhole() {
    TracePlayer player = new TracePlayer(site.node(), Trace.load(Trace.NODE_A));
    player.play(2000);
    assertThat(site.install().orFail().out()).contains("protected at data_version");
    player.play(300);
    // From the next start on lightningd stops rather than run without its backup.
    site.node().shutdown();
    player.playAll();
    site.assertRecoverable();
  }

  @Test
  void aRecoveredNodeGoesOnUnderBackup() {
    site.installed();
    site.node().boot();
    site.node().writes(20);
    site.node().crash();
    LightningDir other = site.recoverElsewhere();
    assertThat(Files.exists(other.wrapper())).isTrue();
    try (var again = Site.newNode(other)) {
      again.boot();
      again.writes(20);
      again.shutdown();
      Site.assertSame(site.recovered(), Dump.of(other.database()));
    }
  }

  private void live(Trace trace) {
    for (Boot boot : trace.boots()) {
      site.node().boot(boot);
      site.node().replay(boot.running());
      site.node().shutdown(boot);
    }
  }
}
