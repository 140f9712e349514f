package org.cldcb.e2e.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.cldcb.e2e.rig.FaultyDisk.Call;
import org.cldcb.e2e.rig.FaultyDisk.Failure;
import org.cldcb.e2e.rig.Finished;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The server's disk fails in the middle of a commit: the node waits, says why, and goes on. */
class ServerDiskTest extends BadDiskTest {
  private static final String FULL = "the server's disk is full";

  @ParameterizedTest
  @CsvSource({
    "NO_ROOM, the server's disk is full",
    "NO_ROOM, the server failed: its disk is full", // said to a new session
    "READ_ONLY, the server failed: its log says why",
    "IO_ERROR, the server failed: its log says why"
  })
  void theNodeWaitsUntilTheDiskCanBeWrittenTo(Failure failure, String said) throws Exception {
    site.node().writes(2);
    CompletableFuture<Void> write = writeWhile(Call.WRITE, failure, said);
    disk.mend();
    write.get(SOON.toSeconds(), TimeUnit.SECONDS);
    site.node().writes(2);
  }

  /** What doesn't stay in memory waits on the disk for the rest of it. */
  @Test
  void aLargeRecordThatFindsNoRoomIsToldSoToo() throws Exception {
    long before = saying(FULL);
    disk.fail(Call.OPEN_TO_WRITE, Failure.NO_ROOM, ".spool");
    CompletableFuture<Void> write =
        CompletableFuture.runAsync(() -> site.node().incompressibleWrite(2));
    site.node().log().await(line -> saying(FULL) > before, SOON);
    assertThat(write).isNotDone();
    assertThat(site.node().log().has("its log says why")).isFalse();
    disk.mend();
    write.get(SOON.toSeconds(), TimeUnit.SECONDS);
  }

  @Test
  void whatFailedBeforeARestartIsThereAfterIt() throws Exception {
    CompletableFuture<Void> write = writeWhile(Call.WRITE, Failure.IO_ERROR, "the server failed");
    site.server().stop();
    disk.mend();
    site.serverComesBack();
    write.get(SOON.toSeconds(), TimeUnit.SECONDS);
  }

  @Test
  void aServerWhoseDiskIsReadOnlyDoesNotStart() {
    site.server().stop();
    disk.fail(Call.OPEN_TO_WRITE, Failure.READ_ONLY);
    Finished run =
        site.executables().server("run", "--data-dir", site.server().dataDir().toString());
    disk.mend();
    site.serverComesBack();
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err().lines())
        .singleElement()
        .asString()
        .startsWith("cldcb-server: ")
        .contains("server.lock: Read-only file system");
  }
}
