package org.cldcb.sqlite;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * A raw copy of lightningd's database with its journals under matching names, taken while
 * lightningd stands still in a hook: a consistent image, whatever the transaction under way has
 * spilled. It lies in a folder of its own, which goes when the snapshot is closed. Not thread-safe.
 */
public final class Snapshot implements AutoCloseable {
  private static final String PREFIX = ".cldcb-snapshot-";
  private static final String[] JOURNALS = {"-journal", "-wal"};
  private static final int MAX_FINDINGS = 100;
  private static final int MAX_FINDING_CHARS = 300;

  private final Path folder;
  private final Path file;

  private Snapshot(Path folder, Path file) {
    this.folder = folder;
    this.file = file;
  }

  /**
   * What SQLite says of a snapshot once it has rolled back what wasn't committed.
   *
   * @param findings of {@code PRAGMA quick_check}; empty if all is well
   */
  public record State(long dataVersion, int pageSize, List<String> findings) {}

  /**
   * Copies the database and its journals.
   *
   * @param scratch folder on the same file system, where a copy may be cheap
   */
  public static Snapshot take(Path database, Path scratch) throws IOException {
    Path folder =
        Files.createTempDirectory(
            scratch,
            PREFIX,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Path file = folder.resolve("database.sqlite3");
    Snapshot snapshot = new Snapshot(folder, file);
    try {
      copy(database, file);
      for (String journal : JOURNALS) {
        copy(Path.of(database + journal), Path.of(file + journal));
      }
      return snapshot;
    } catch (IOException e) {
      snapshot.close();
      throw e;
    }
  }

  /** Removes what a process left behind that died with a snapshot. */
  public static void removeLeftovers(Path scratch) throws IOException {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(scratch, PREFIX + "*")) {
      for (Path folder : folders) {
        delete(folder);
      }
    }
  }

  /** The copy; open it only after {@link #recover}. */
  public Path file() {
    return file;
  }

  /** Lets SQLite roll back what wasn't committed, and checks the copy. */
  public State recover() throws IOException {
    if (Files.notExists(file)) {
      Files.createFile(file);
    }
    if (Files.size(file) == 0) {
      deleteJournals();
      return new State(0, 4096, List.of());
    }
    try (Connection connection = Sqlite.open(file)) {
      return new State(DataVersion.of(connection), pageSize(connection), quickCheck(connection));
    } catch (SQLException e) {
      throw new IOException("the copy of the database can't be opened: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() throws IOException {
    delete(folder);
  }

  private void deleteJournals() throws IOException {
    for (String journal : JOURNALS) {
      Files.deleteIfExists(Path.of(file + journal));
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (FileChannel source = FileChannel.open(from, StandardOpenOption.READ);
        FileChannel target =
            FileChannel.open(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      long size = source.size();
      for (long at = 0; at < size; ) {
        long count = source.transferTo(at, size - at, target);
        if (count <= 0) {
          throw new IOException("a file became shorter while it was copied: " + from);
        }
        at += count;
      }
    } catch (NoSuchFileException e) {
      if (!e.getFile().equals(from.toString())) {
        throw e;
      }
    }
  }

  private static int pageSize(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA page_size")) {
      return row.getInt(1);
    }
  }

  /** The findings of {@code PRAGMA quick_check}, as manifests record them. */
  public static List<String> quickCheck(Connection connection) throws SQLException {
    List<String> findings = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("PRAGMA quick_check(" + MAX_FINDINGS + ")")) {
      while (rows.next()) {
        // One row may hold many lines.
        rows.getString(1).lines().filter(line -> !line.equals("ok")).forEach(findings::add);
      }
    }
    return findings.stream()
        .limit(MAX_FINDINGS)
        .map(line -> line.substring(0, Math.min(line.length(), MAX_FINDING_CHARS)))
        .toList();
  }

  private static void delete(Path folder) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path each : files) {
        Files.deleteIfExists(each);
      }
    }
    Files.deleteIfExists(folder);
  }
}
