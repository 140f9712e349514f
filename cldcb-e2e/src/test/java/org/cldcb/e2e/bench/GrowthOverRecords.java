package org.cldcb.e2e.bench;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** One node whose chain grows without compaction; the plugin takes over at some lengths. */
final class GrowthOverRecords {
  private static final int[] RECORDS = {1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000};

  /** Of a database so large the plugin makes no base just because it starts. */
  private static final long LARGE = 300L << 20;

  private GrowthOverRecords() {}

  static List<Growth.Point> measure(Context context) throws IOException {
    BackedUpNode node =
        BackedUpNode.install(
            context.executables(), context.path("long"), context.path("long-server"));
    List<Growth.Point> points = new ArrayList<>();
    try (SteadyWrites writes = new SteadyWrites(context.trace(), context.path("long-appended"))) {
      for (int records : RECORDS) {
        long version = feed(node, records);
        makeDatabase(node.dir().database(), version);
        try (HookDriver plugin = node.startPlugin()) {
          HookTimes times = writes.play(plugin, version);
          points.add(Growth.Point.of(records, times, Memory.resident(node.server().pid())));
        }
      }
    } finally {
      node.server().stop();
    }
    return points;
  }

  private static long feed(BackedUpNode node, int records) throws IOException {
    try (Feeder feeder = new Feeder(node.dir().wrapper())) {
      return feeder.feedUpTo(records);
    }
  }

  /** What the plugin looks for at its first write: a database of this version, in step. */
  private static void makeDatabase(Path file, long version) throws IOException {
    Files.delete(file);
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE vars (name TEXT PRIMARY KEY, intval INTEGER)");
      statement.execute("INSERT INTO vars VALUES ('data_version', " + version + ")");
    } catch (SQLException e) {
      throw new IOException(e);
    }
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(LARGE);
    }
  }
}
