package org.cldcb.server.store;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/**
 * What a store goes by. All times are the server's.
 *
 * @param routineKept how long a former generation or a replaced record is kept
 * @param displacedKept how long a chain is kept that another one displaced
 * @param unreferencedKept how long a chunk is kept that no base refers to
 * @param compactMinBytes records below this never ask for a new base
 * @param reserveBytes room on the disk below which nothing is taken any more
 */
public record StoreSettings(
    Path dataDir,
    InstantSource clock,
    Duration routineKept,
    Duration displacedKept,
    Duration unreferencedKept,
    long compactMinBytes,
    long reserveBytes) {
  private static final long NEARLY_FULL_FRACTION = 5;

  public static StoreSettings defaults(Path dataDir) {
    return new StoreSettings(
        dataDir,
        InstantSource.system(),
        Duration.ofDays(7),
        Duration.ofDays(30),
        Duration.ofDays(1),
        256 << 10,
        256L << 20);
  }

  /** The same, but for the records below which no new base is asked for. */
  public StoreSettings withCompactMinBytes(long bytes) {
    return new StoreSettings(
        dataDir, clock, routineKept, displacedKept, unreferencedKept, bytes, reserveBytes);
  }

  long now() {
    return clock.instant().getEpochSecond();
  }

  boolean isDiskFull() {
    return disk().getUsableSpace() < reserveBytes;
  }

  boolean isDiskNearlyFull() {
    return disk().getUsableSpace() < disk().getTotalSpace() / NEARLY_FULL_FRACTION;
  }

  /** Asked at every append: a {@link java.nio.file.FileStore} would read the table of mounts. */
  private File disk() {
    return dataDir.toFile();
  }
}
