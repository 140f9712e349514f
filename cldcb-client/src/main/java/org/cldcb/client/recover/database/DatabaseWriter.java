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
import org.cldcb.format.BlockTags;
import org.cldcb.format.Manifest;

/** Puts the chunks and deltas of a base together to a file. Not thread-safe. */
final class DatabaseWriter implements AutoCloseable {
  private final Manifest manifest;
  private final FileChannel file;
  private long size;

  /** Makes the file, which must not exist, for its owner only. */
  DatabaseWriter(Path path, Manifest manifest) throws IOException {
    this.manifest = manifest;
    size = manifest.facts().fileSize();
    file =
        FileChannel.open(
            path,
            Set.of(
                StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  void write(int index, byte[] chunk) throws IOException {
    writeAt(offset(index), chunk);
  }

  void writeBlock(long index, byte[] block) throws IOException {
    writeAt(index * BlockTags.BLOCK, block);
  }

  /** From now on it is to have this size. */
  void resize(long bytes) throws IOException {
    file.truncate(bytes);
    size = bytes;
  }

  private void writeAt(long offset, byte[] content) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(content);
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
    if (file.size() != size) {
      throw new ChainException(
          Reason.BASE_INVALID, "the base has " + file.size() + " bytes, its manifest says " + size);
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
