package org.cldcb.e2e.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.cldcb.e2e.rig.Dump;
import org.cldcb.e2e.rig.FakeLightningd;
import org.cldcb.e2e.rig.Finished;
import org.cldcb.e2e.rig.LightningDir;
import org.cldcb.e2e.rig.StandInHsmd;
import org.cldcb.e2e.rig.StandInHsmd.Fault;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A node whose key is only in an hsmd of its own. */
class AltHsmdTest extends SiteTest {
  private static final int BOOTS = 2;

  private byte[] secret;
  private String nodeId;

  @BeforeEach
  void readSecret() throws IOException {
    secret = Files.readAllBytes(site.dir().hsmSecret());
    nodeId = site.nodeId();
  }

  @Test
  void comesBackThroughItAsFromItsFile() throws Exception {
    StandInHsmd installer = hsmd("installer", Fault.NONE);
    site.install(options(installer)).orFail();
    assertThat(installer.points()).isEmpty();
    live(site.node());
    LightningDir second = site.recoverElsewhere();
    try (FakeLightningd node = Site.newNode(second)) {
      live(node);
    }

    Dump fromFile = site.recovered();
    Set<String> keys = new StoreFile(site.server().dataDir()).sealingKeys();
    StandInHsmd hsmd = hsmd("recoverer", Fault.NONE);
    LightningDir fresh = new LightningDir(temp.resolve("fresh"), "regtest");
    makeFolder(fresh.base());
    Finished run = site.recover(fresh, with("--take-over", options(hsmd))).orFail();

    Site.assertSame(Dump.of(fresh.database()), fromFile);
    assertThat(run.err()).contains("answers with node id " + nodeId);
    assertThat(fresh.wrapper()).exists();
    assertThat(fresh.hsmSecret()).doesNotExist();
    List<String> points = hsmd.points();
    System.out.println("recovery through an hsmd: " + points.size() + " ECDH requests");
    assertThat(points).containsExactlyInAnyOrderElementsOf(keys).hasSizeGreaterThan(4);
    assertThat(hsmd.asked()).as("init, a delegation, a claim").hasSize(points.size() + 3);
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"DIES", "LIES"})
  void oneThatFailsMidwayLeavesNothing(Fault fault) throws IOException {
    site.installed();
    site.node().boot();
    LightningDir fresh = new LightningDir(temp.resolve("fresh"), "regtest");
    makeFolder(fresh.base());
    StandInHsmd hsmd = hsmd("faulty", fault);
    Finished run = site.recover(fresh, with("--take-over", options(hsmd)));

    String why =
        fault == Fault.DIES
            ? "ended with exit code 1 instead of answering an ECDH request: the device was"
                + " unplugged"
            : "the backup that the server gave out is refused";
    Site.assertFailed(run, why);
    assertThat(hsmd.asked().stream().filter(line -> line.startsWith("sign cldcb claim"))).isEmpty();
    try (Stream<Path> left = Files.list(fresh.base())) {
      assertThat(left).isEmpty();
    }
  }

  private StandInHsmd hsmd(String name, Fault fault) {
    return StandInHsmd.create(temp.resolve(name), secret, fault);
  }

  private String[] options(StandInHsmd hsmd) {
    return new String[] {"--alt-hsmd=" + hsmd.program(), "--node-id=" + nodeId};
  }

  private static String[] with(String first, String... more) {
    List<String> all = new ArrayList<>(List.of(first));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  private static void live(FakeLightningd node) {
    for (int i = 0; i < BOOTS; i++) {
      node.boot();
      node.writes(20);
      node.shutdown();
    }
  }

  private static void makeFolder(Path folder) {
    assertThat(folder.toFile().mkdir()).isTrue();
  }
}
