package org.cldcb.base;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file that is read front to back in pieces of one size. Not thread-safe. */
final class FileBlocks implements AutoCloseable {
  private final FileChannel channel;
  private final long size;
  private long at;

  FileBlocks(Path file) throws IOException {
    channel = FileChannel.open(file, StandardOpenOption.READ);
    size = channel.size();
  }

  long size() {
    return size;
  }

  /** Where the next piece begins. */
  long at() {
    return at;
  }

  boolean hasNext() {
    return at < size;
  }

  /** The next piece: of this size, but for the last. */
  byte[] next(int length) throws IOException {
    ByteBuffer piece = ByteBuffer.allocate((int) Math.min(length, size - at));
    while (piece.hasRemaining() && channel.read(piece, at + piece.position()) > 0) {
      // Reads on until the piece is full.
      continue;
    }
    if (piece.hasRemaining()) {
      throw new IOException("the file became shorter while it was read: " + at);
    }
    at += piece.capacity();
    return piece.array();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
