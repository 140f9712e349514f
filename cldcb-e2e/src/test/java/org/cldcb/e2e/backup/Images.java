package org.cldcb.e2e.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.cldcb.e2e.rig.FaultyDisk;
import org.cldcb.e2e.rig.Folders;
import org.cldcb.server.store.BackupSummary;
import org.cldcb.server.store.SqliteStore;
import org.cldcb.server.store.StoreCheck;

/** Copies of a server's store, as it is or as a power cut would leave it now. */
final class Images {
  private final Site site;
  private final FaultyDisk disk;
  private int made;

  Images(Site site, FaultyDisk disk) {
    this.site = site;
    this.disk = disk;
  }

  /** The server stands still meanwhile, and knows nothing of it. */
  Path afterPowerCut(Random random, double writtenBack) {
    Path image = next();
    site.server().freeze();
    disk.afterPowerCut(image, random, writtenBack);
    site.server().thaw();
    return image;
  }

  /** The same where no process runs. */
  Path afterLaterPowerCut(Random random, double writtenBack) {
    Path image = next();
    disk.afterPowerCut(image, random, writtenBack);
    return image;
  }

  /** What the disk is sure to have, and nothing more. */
  Path durable() {
    return afterPowerCut(new Random(0), 0);
  }

  /** What the page cache has. */
  Path copy() {
    Path image = next();
    Site.copyAll(site.server().dataDir(), image);
    return image;
  }

  private Path next() {
    Path data = site.server().dataDir();
    return data.resolveSibling(data.getFileName() + ".image-" + made++);
  }

  /** Fails unless a store is sound and has this version; deletes it if so. */
  static void assertKept(Path image, long version) {
    try (SqliteStore store = SqliteStore.open(image)) {
      List<BackupSummary> backups = store.summaries();
      assertThat(backups).hasSize(1);
      assertThat(backups.get(0).head().dataVersion()).isGreaterThanOrEqualTo(version);
    }
    try (StoreCheck check = StoreCheck.open(image, Optional.empty())) {
      assertThat(check.run().findings()).isEmpty();
    }
    try {
      Folders.delete(image);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
