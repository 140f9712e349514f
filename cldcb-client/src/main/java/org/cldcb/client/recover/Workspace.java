package org.cldcb.client.recover;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A folder beside the target, on its file system, in which the database is made, so that nothing
 * stays behind if it fails, not even SQLite's journals; an interrupt removes it as well. Not
 * thread-safe.
 */
final class Workspace implements AutoCloseable {
  private static final String PREFIX = ".cldcb-recover-";
  private static final String OWNER_ONLY = "rwx------";

  private final Path folder;
  private final Thread onExit = new Thread(this::deleteQuietly);

  private Workspace(Path folder) {
    this.folder = folder;
    Runtime.getRuntime().addShutdownHook(onExit);
  }

  static Workspace in(Path parent) throws IOException {
    return new Workspace(
        Files.createTempDirectory(
            parent,
            PREFIX,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY))));
  }

  Path folder() {
    return folder;
  }

  /** The database to be. */
  Path file() {
    return folder.resolve("lightningd.sqlite3");
  }

  @Override
  public void close() throws IOException {
    delete();
    try {
      Runtime.getRuntime().removeShutdownHook(onExit);
    } catch (IllegalStateException e) {
      // The process ends, and the hook runs: the folder is gone already.
      return;
    }
  }

  private void deleteQuietly() {
    try {
      delete();
    } catch (IOException e) {
      // Written to this very moment; what is left lies in a folder named after what made it.
      return;
    }
  }

  private void delete() throws IOException {
    if (Files.notExists(folder)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(folder);
  }
}
