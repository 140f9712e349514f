package org.cldcb.e2e.rig;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** lightningd's pid file, which it holds an fcntl lock on while it runs. */
final class PidFile {
  private final Path path;
  private final FileChannel channel;

  private PidFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  static PidFile lock(Path path) throws IOException {
    FileChannel channel =
        FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
    if (!locks(channel)) {
      channel.close();
      throw new NodeDied("lightningd already running? Error locking PID file");
    }
    String pid = ProcessHandle.current().pid() + "\n";
    channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)));
    return new PidFile(path, channel);
  }

  /** As at an orderly end: the file goes. */
  void remove() throws IOException {
    Files.deleteIfExists(path);
    channel.close();
  }

  /** As at a crash: the file stays, nobody holds its lock. */
  void abandon() throws IOException {
    channel.close();
  }

  private static boolean locks(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false; // by another node of this process
    }
  }
}
