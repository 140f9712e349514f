package org.cldcb.e2e.backup;

import org.junit.jupiter.api.BeforeEach;

/** Each test begins with a node that runs under backup. */
abstract class BackedUpNodeTest extends SiteTest {
  @BeforeEach
  void beginWrites() {
    site.installed();
    site.node().boot();
    site.node().writes(10);
  }
}
