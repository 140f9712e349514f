package org.cldcb.e2e.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.cldcb.e2e.rig.FaultyDisk.Call;
import org.cldcb.e2e.rig.FaultyDisk.Failure;
import org.cldcb.server.store.SqliteStore;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What an answer rests on: a sync that succeeded, after the bytes were written. */
class SyncTest extends BadDiskTest {
  private static final String FAILED = "the server failed: its log says why";
  private static final String OTHER_NODE =
      "0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798";

  private static final int KILLED = 128 + 9;
  private static final long SEED = 20_261_124;
  private static final int CUTS = 10;

  private Images images;

  @BeforeAll
  void makeImages() {
    images = new Images(site, disk);
  }

  @Test
  void eachAnswerComesAfterTheSyncOfWhatItAcknowledges() {
    int writes = 30;
    disk.beginLog();
    site.node().writes(writes);
    boolean synced = true;
    int answers = 0;
    for (String line : disk.log()) {
      if (line.endsWith("cldcb.sqlite3-wal")) {
        synced = line.startsWith("sync ");
      } else if (line.startsWith("send ")) {
        assertThat(synced).as("synced before answer %d", answers).isTrue();
        answers++;
      }
    }
    assertThat(answers).isGreaterThanOrEqualTo(writes);
  }

  /** As with {@code synchronous=OFF}: the power cuts of these tests would show it. */
  @Test
  void aDiskThatIgnoresSyncsIsFoundOut() {
    disk.fail(Call.SYNC, Failure.LIES);
    site.node().writes(3);
    long version = site.node().dataVersion();
    Images.assertKept(images.copy(), version);
    Path durable = images.durable();
    assertThatThrownBy(() -> Images.assertKept(durable, version))
        .isInstanceOf(AssertionError.class);
  }

  /** A later sync that succeeds says nothing of what an earlier one lost. */
  @Test
  void whatASyncLostIsWrittenAgainBeforeItIsAcknowledged() throws Exception {
    CompletableFuture<Void> write = writeWhile(Call.SYNC, Failure.IO_ERROR, FAILED);
    disk.mend();
    write.get(SOON.toSeconds(), TimeUnit.SECONDS);
    Images.assertKept(images.durable(), site.node().dataVersion());
  }

  /** The next server reads from the page cache what the disk hasn't got. */
  @Test
  void whatASyncLostIsWrittenAgainByTheNextServer() throws Exception {
    CompletableFuture<Void> write = writeWhile(Call.SYNC, Failure.IO_ERROR, FAILED);
    site.server().kill9();
    disk.mend();
    site.serverComesBack();
    write.get(SOON.toSeconds(), TimeUnit.SECONDS);
    Images.assertKept(images.durable(), site.node().dataVersion());
  }

  /**
   * Else the power cut leaves half of what the log has behind a gap in the file, and nothing to
   * complete it from.
   */
  @Test
  void whatASyncLostIsWrittenAgainBeforeTheFileGetsIt() throws Exception {
    // Older copies in the log of the pages of a write would hide what the file has.
    new StoreFile(site.server().dataDir()).emptyLog();
    site.server().allow(OTHER_NODE, "first in the log").orFail();
    disk.allIsDurable();
    long version = site.node().dataVersion();
    CompletableFuture<Void> write = writeWhile(Call.SYNC, Failure.IO_ERROR, FAILED);
    site.server().kill9();
    disk.fail(Call.SYNC, Failure.DIES, "cldcb.sqlite3");
    String folder = "--data-dir=" + site.server().dataDir();
    assertThat(site.executables().server("allow", OTHER_NODE, folder).exit()).isEqualTo(KILLED);
    disk.mend();
    Random random = new Random(SEED);
    for (int cut = 0; cut < CUTS; cut++) {
      Images.assertKept(images.afterLaterPowerCut(random, 0.5), version);
    }
    site.serverComesBack();
    write.get(SOON.toSeconds(), TimeUnit.SECONDS);
  }

  /** What stands in the log behind a gap is lost with it. */
  @Test
  void whatACommandWritesBeforeThatIsThere() throws Exception {
    CompletableFuture<Void> write = writeWhile(Call.SYNC, Failure.IO_ERROR, FAILED);
    site.server().kill9();
    disk.mend();
    site.server().allow(OTHER_NODE, "other").orFail();
    try (SqliteStore store = SqliteStore.open(images.afterLaterPowerCut(new Random(0), 0))) {
      assertThat(store.nodes()).hasSize(2);
    }
    site.serverComesBack();
    write.get(SOON.toSeconds(), TimeUnit.SECONDS);
  }
}
