package org.cldcb.e2e.backup;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Each test has a site of its own. */
abstract class SiteTest {
  static final Duration SOON = Duration.ofSeconds(30);

  @TempDir Path temp;
  Site site;

  @BeforeEach
  void makeSite() {
    site = new Site(temp);
  }

  @AfterEach
  void close() {
    site.close();
  }
}
