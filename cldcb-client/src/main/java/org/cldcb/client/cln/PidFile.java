package org.cldcb.client.cln;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** lightningd locks this file for as long as it lives; what is written in it may be stale. */
final class PidFile {
  private PidFile() {}

  /** Whether a process holds the lock; a shared one is taken for a moment to find out. */
  static boolean isHeld(Path file) throws IOException {
    if (Files.notExists(file)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true)) {
      return lock == null;
    }
  }
}
