package org.cldcb.e2e.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.cldcb.e2e.rig.FaultProxy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * A node that reaches its server through a bad network. After each test every write must have
 * become one record, and a recovery must give the node's database.
 */
abstract class BadNetworkTest {
  @TempDir Path temp;
  Site site;
  FaultProxy proxy;
  private long ahead;

  @BeforeEach
  void makeSite() {
    site = new Site(temp);
    proxy = site.badNetwork();
    site.installed();
    site.node().boot();
    site.node().writes(3);
    ahead = seq() - site.node().dataVersion();
  }

  @AfterEach
  void recoverAndClose() {
    try {
      proxy.resetAll();
      site.node().writes(1);
      assertThat(seq())
          .as("one record for each write")
          .isEqualTo(site.node().dataVersion() + ahead);
      site.node().shutdown();
      site.assertRecoverable();
    } finally {
      site.close();
    }
  }

  private long seq() {
    return site.status().get("seq").asLong();
  }
}
