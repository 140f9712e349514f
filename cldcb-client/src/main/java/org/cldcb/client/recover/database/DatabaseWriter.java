package org.cldcb.client.recover.database;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.cldcb.chain.ChainException;
import org.cldcb.chain.ChainException.Reason;
import org.cldcb.format.Manifest;

/** Puts the chunks of a base together to a file. Not thread-safe. */
final class DatabaseWriter implements AutoCloseable {
  private final Manifest manifest;
  private final FileChannel file;

  /** Makes the file, which must not exist, for its owner only. */
  DatabaseWriter(Path path, Manifest manifest) throws IOException {
    this.manifest = manifest;
    file =
        FileChannel.open(
            path,
            Set.of(
                StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  void write(int index, byte[] chunk) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(chunk);
    long offset = offset(index);
    while (bytes.hasRemaining()) {
      file.write(bytes, offset + bytes.position());
    }
  }

  /** Writes a chunk once more that was written before. */
  void repeat(int index, int earlier) throws IOException {
    ByteBuffer chunk = ByteBuffer.allocate(manifest.chunkLength(earlier));
    int count = 0;
    while (chunk.hasRemaining() && count >= 0) {
      count = file.read(chunk, offset(earlier) + chunk.position());
    }
    write(index, chunk.array());
  }

  /** Insists on the file's size. */
  void finish() throws IOException {
    if (file.size() != manifest.fileSize()) {
      throw new ChainException(
          Reason.BASE_INVALID,
          "the base has " + file.size() + " bytes, its manifest says " + manifest.fileSize());
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private long offset(int index) {
    return (long) index * manifest.chunkSize();
  }
}
