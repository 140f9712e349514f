package org.cldcb.client.recover;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * A folder beside the target, on its file system, in which the database is made, so that nothing
 * stays behind if it fails, not even SQLite's journals; an interrupt removes it as well, and what
 * was killed leaves it to the next one. Not thread-safe.
 */
final class Workspace implements AutoCloseable {
  private static final String PREFIX = ".cldcb-recover-";
  private static final String OWNER_ONLY = "rwx------";
  private static final String LOCK = "lock";

  private final Path folder;
  private final FileChannel lock;
  private final Thread onExit = new Thread(this::deleteQuietly);

  private Workspace(Path folder, FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
    Runtime.getRuntime().addShutdownHook(onExit);
  }

  static Workspace in(Path parent) throws IOException {
    sweep(parent);
    Path folder =
        Files.createTempDirectory(
            parent,
            PREFIX,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY)));
    FileChannel lock =
        FileChannel.open(
            folder.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    lock.lock();
    return new Workspace(folder, lock);
  }

  /** Removes what killed processes left: nobody holds its lock. */
  private static void sweep(Path parent) throws IOException {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
      for (Path folder : folders) {
        if (isAbandoned(folder)) {
          delete(folder);
        }
      }
    }
  }

  /** A folder without a lock may be one that is being made. */
  private static boolean isAbandoned(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.WRITE);
        @Nullable FileLock lock = channel.tryLock()) {
      return lock != null;
    } catch (NoSuchFileException | OverlappingFileLockException e) {
      return false;
    }
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
    delete(folder);
    lock.close();
    try {
      Runtime.getRuntime().removeShutdownHook(onExit);
    } catch (IllegalStateException e) {
      // The process ends, and the hook runs: the folder is gone already.
      return;
    }
  }

  private void deleteQuietly() {
    try {
      delete(folder);
    } catch (IOException e) {
      // Written to this very moment; what is left lies in a folder named after what made it.
      return;
    }
  }

  private static void delete(Path folder) throws IOException {
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
