package org.cldcb.e2e.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The least that durability costs: appending to a file, with fdatasync each time. */
final class AppendedFile implements AutoCloseable {
  private final FileChannel file;

  /** A new file, or one that is there already and goes on. */
  AppendedFile(Path path) throws IOException {
    file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** Nanoseconds until the bytes are on the disk. */
  long append(byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    long start = System.nanoTime();
    while (buffer.hasRemaining()) {
      file.write(buffer);
    }
    file.force(false);
    return System.nanoTime() - start;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
