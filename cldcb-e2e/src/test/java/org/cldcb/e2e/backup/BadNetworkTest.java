package org.cldcb.e2e.backup;

import static org.assertj.core.api.Assertions.assertThat;

import org.cldcb.e2e.rig.FaultProxy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * A node that reaches its server through a bad network. After each test every write must have
 * become one record, and a recovery must give the node's database.
 */
abstract class BadNetworkTest extends SiteTest {
  FaultProxy proxy;
  private long ahead;

  @BeforeEach
  void beginWrites() {
    proxy = site.badNetwork();
    site.installed();
    site.node().boot();
    site.node().writes(3);
    ahead = seq() - site.node().dataVersion();
  }

  @AfterEach
  void everythingIsThereOnce() {
    proxy.resetAll();
    site.node().writes(1);
    assertThat(seq()).as("one record for each write").isEqualTo(site.node().dataVersion() + ahead);
    site.node().shutdown();
    site.assertRecoverable();
  }

  private long seq() {
    return site.status().get("seq").asLong();
  }
}
