package org.cldcb.server.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code server.lock}: of the servers that would run on a directory, one does. */
final class DirectoryLock implements AutoCloseable {
  private final Path directory;
  private final FileChannel channel;

  private DirectoryLock(Path directory, FileChannel channel) {
    this.directory = directory;
    this.channel = channel;
  }

  static DirectoryLock take(Path directory) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file(directory),
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    if (!locks(channel)) {
      channel.close();
      throw Messages.running(directory);
    }
    return new DirectoryLock(directory, channel);
  }

  /** Whether a server has it now. Makes no file, which might then be another user's. */
  static boolean isHeld(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(file(directory), StandardOpenOption.WRITE)) {
      return !locks(channel);
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private static Path file(Path directory) {
    return directory.resolve("server.lock");
  }

  private static boolean locks(FileChannel channel) throws IOException {
    try {
      @Nullable FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      // Another server in this very process.
      return false;
    }
  }

  /** What is locked. */
  Path directory() {
    return directory;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
