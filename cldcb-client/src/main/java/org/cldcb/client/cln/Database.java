package org.cldcb.client.cln;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.cldcb.sqlite.DataVersion;
import org.cldcb.sqlite.Sqlite;

/**
 * lightningd's database file, read without standing in lightningd's way.
 *
 * @param file absolute; it need not be there yet
 * @param liveness of the lightningd that owns it
 */
public record Database(Path file, Liveness liveness) {
  private static final int ATTEMPTS = 50;
  private static final int PAUSE_MILLIS = 100;
  private static final int PAGE_SIZE_OFFSET = 16;
  private static final int DEFAULT_PAGE_SIZE = 4096;

  /** Whether there is anything in it. */
  public boolean exists() throws IOException {
    return Files.exists(file) && Files.size(file) > 0;
  }

  /**
   * The version that is committed.
   *
   * @throws IOException where it can't be known
   */
  public long dataVersion() throws IOException {
    if (!exists()) {
      return 0;
    }
    // Only while lightningd stands still is a copy, the way out of a lock, a consistent one.
    return liveness == Liveness.RUNNING
        ? besideWriter()
        : DataVersion.onDisk(file, file.resolveSibling(""));
  }

  /** The page size by the file's header. */
  public int pageSize() throws IOException {
    try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
      in.skipNBytes(PAGE_SIZE_OFFSET);
      int size = in.readUnsignedShort();
      // SQLite writes 65,536 as 1.
      return size == 1 ? 1 << 16 : size < 512 ? DEFAULT_PAGE_SIZE : size;
    }
  }

  private long besideWriter() throws IOException {
    for (int attempt = 1; ; attempt++) {
      try (Connection connection = Sqlite.openReadOnly(file)) {
        return DataVersion.of(connection);
      } catch (SQLException e) {
        if (!Sqlite.isBusy(e) || attempt == ATTEMPTS) {
          throw new IOException("the database can't be read: " + e.getMessage(), e);
        }
        pause();
      }
    }
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
