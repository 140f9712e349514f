package org.cldcb.io;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that are written once, front to back, and read any number of times: up to a limit in
 * memory, beyond it in a file of mode 0600 that has no name any more. Not thread-safe.
 */
public final class Spool extends OutputStream {
  private final Path directory;
  private final int limit;
  private byte[] memory = new byte[1024];
  private long size;
  private @Nullable FileChannel file;

  /**
   * An empty spool.
   *
   * @param directory where the file is made, should one be needed
   * @param limit bytes that stay in memory at most
   */
  public Spool(Path directory, int limit) {
    this.directory = directory;
    this.limit = limit;
  }

  /** A spool that holds these bytes, in memory. */
  public static Spool of(byte[] bytes) {
    Spool spool = new Spool(Path.of(""), Integer.MAX_VALUE);
    spool.memory = bytes;
    spool.size = bytes.length;
    return spool;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (file == null && size + length > limit) {
      moveToFile();
    }
    if (file != null) {
      writeFully(file, ByteBuffer.wrap(bytes, offset, length), size);
    } else {
      if (memory.length - size < length) {
        memory = Arrays.copyOf(memory, Math.max((int) size + length, memory.length * 2));
      }
      System.arraycopy(bytes, offset, memory, (int) size, length);
    }
    size += length;
  }

  /** Appends zeros up to a total size. */
  public void padTo(long total) throws IOException {
    byte[] zeros = new byte[(int) Math.min(8192, Math.max(0, total - size))];
    while (size < total) {
      write(zeros, 0, (int) Math.min(zeros.length, total - size));
    }
  }

  public long size() {
    return size;
  }

  /** A stream over all that was written so far, from its start; it needs no closing. */
  public InputStream read() throws IOException {
    FileChannel channel = file;
    if (channel == null) {
      return new ByteArrayInputStream(memory, 0, (int) size);
    }
    return new FileInput(channel, size);
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
    }
  }

  private void moveToFile() throws IOException {
    Path path =
        Files.createTempFile(
            directory,
            ".cldcb-",
            ".spool",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    file = channel;
    Files.delete(path);
    writeFully(channel, ByteBuffer.wrap(memory, 0, (int) size), 0);
    memory = new byte[0];
  }

  private static void writeFully(FileChannel channel, ByteBuffer bytes, long position)
      throws IOException {
    for (long at = position; bytes.hasRemaining(); ) {
      at += channel.write(bytes, at);
    }
  }

  /**
   * Has a position of its own, and leaves the file open: several may read, and the writer go on.
   */
  private static final class FileInput extends InputStream {
    private final FileChannel file;
    private final long end;
    private long at;

    FileInput(FileChannel file, long end) {
      this.file = file;
      this.end = end;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      int wanted = (int) Math.min(length, end - at);
      int count = wanted == 0 ? -1 : file.read(ByteBuffer.wrap(into, offset, wanted), at);
      at += Math.max(0, count);
      return count;
    }
  }
}
