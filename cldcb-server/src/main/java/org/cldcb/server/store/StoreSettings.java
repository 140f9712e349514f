package org.cldcb.server.store;

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
 * @param reserveBytes room that is kept free ({@link Space})
 */
public record StoreSettings(
    Path dataDir,
    Disk disk,
    InstantSource clock,
    Duration routineKept,
    Duration displacedKept,
    Duration unreferencedKept,
    long compactMinBytes,
    long reserveBytes) {
  /** Name of the value that says what quota a new node gets. */
  public static final String QUOTA = "quota";

  /** Holds a wallet of a GiB with its successor and a week's history; few are near. */
  public static final long DEFAULT_QUOTA = 10L << 30;

  public static StoreSettings defaults(Path dataDir) {
    return new StoreSettings(
        dataDir,
        Disk.of(dataDir),
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
        dataDir, disk, clock, routineKept, displacedKept, unreferencedKept, bytes, reserveBytes);
  }

  long now() {
    return clock.instant().getEpochSecond();
  }

  Space space(Sql sql) {
    return Space.of(sql, disk, reserveBytes);
  }
}
