package org.cldcb.e2e.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.cldcb.e2e.rig.Dump;
import org.cldcb.e2e.rig.Executables;
import org.cldcb.e2e.rig.FakeLightningd;
import org.cldcb.e2e.rig.FaultyDisk;
import org.cldcb.e2e.rig.Folders;
import org.cldcb.e2e.rig.LightningDir;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The power is cut in the moment after a command said that it is done. */
class PowerCutAfterCommandTest {
  private static final double NOTHING = 0;
  private static final String NODE_ID =
      "0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798";

  @TempDir Path temp;

  @Test
  void aServerIsThereOnceItIsMadeAndKnowsTheNodesThatItAllows() {
    FaultyDisk disk = FaultyDisk.at(temp.resolve("disk"));
    String folder = "--data-dir=" + temp.resolve("disk/var/lib/server");
    try (Executables executables = new Executables(disk.environment())) {
      String contact = executables.server("init", folder).orFail().out();
      cutPower(disk);
      assertThat(contact).contains(executables.server("contact", folder).orFail().out().strip());

      executables.server("allow", NODE_ID, "--label", "alice", folder).orFail();
      cutPower(disk);
      assertThat(executables.server("list", folder).orFail().out()).contains(NODE_ID, "alice");
    }
  }

  @Test
  void aNodeIsThereOnceItIsInstalledOrRecovered() throws IOException {
    Path all = temp.resolve("disk");
    FaultyDisk disk = FaultyDisk.at(all);
    try (Site site = new Site(all, new Executables(disk.environment()))) {
      site.dir().configure("alias=here");
      site.server().kill9();
      disk.allIsDurable();
      site.serverComesBack();
      site.installed();
      assertKept(site, disk, site.dir());

      site.node().boot();
      site.node().writes(5);
      site.node().shutdown();
      Dump database = site.committed();
      site.server().kill9();
      LightningDir other = site.emptyDir();
      disk.allIsDurable();
      site.serverComesBack();
      site.recover(other, "--take-over").orFail();
      assertKept(site, disk, other);

      Site.assertSame(Dump.of(other.database()), database);
      try (FakeLightningd node = Site.newNode(other)) {
        node.boot();
        assertThat(node.plugins()).isNotEmpty();
        node.writes(3);
        node.shutdown();
        Site.assertSame(site.recovered(), Dump.of(other.database()));
      }
    }
  }

  private static void assertKept(Site site, FaultyDisk disk, LightningDir dir) {
    Map<String, String> before = Folders.digests(dir.base());
    site.server().kill9();
    cutPower(disk);
    assertThat(Folders.digests(dir.base())).isEqualTo(before);
    site.serverComesBack();
  }

  private static void cutPower(FaultyDisk disk) {
    disk.cutPower(new Random(0), NOTHING);
  }
}
