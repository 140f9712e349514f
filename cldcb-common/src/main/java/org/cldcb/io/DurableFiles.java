package org.cldcb.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Files that outlive a power cut. It takes two syncs: one of what is in a file, and one of the
 * folder that has its name.
 */
public final class DurableFiles {
  private DurableFiles() {}

  /**
   * Writes a file where none is, and syncs what is in it; its name isn't durable yet. If that
   * fails, no file is left.
   *
   * @param permissions exactly, whatever the umask is
   * @throws FileAlreadyExistsException if there is one
   */
  public static void writeNew(Path file, byte[] content, Set<PosixFilePermission> permissions)
      throws IOException {
    Set<StandardOpenOption> options =
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (FileChannel channel =
        FileChannel.open(file, options, PosixFilePermissions.asFileAttribute(permissions))) {
      try {
        ByteBuffer bytes = ByteBuffer.wrap(content);
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        // The umask may have taken some away.
        Files.setPosixFilePermissions(file, permissions);
        channel.force(true);
      } catch (IOException e) {
        Files.delete(file);
        throw e;
      }
    }
  }

  /** Makes what is in a file durable, or the names in a folder. */
  public static void sync(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Makes the name of a file or folder durable. */
  public static void syncName(Path path) throws IOException {
    sync(path.toAbsolutePath().resolveSibling("."));
  }
}
