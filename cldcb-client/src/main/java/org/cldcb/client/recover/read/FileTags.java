package org.cldcb.client.recover.read;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.cldcb.codec.Hash;
import org.cldcb.format.BlockTags;
import org.cldcb.format.RootDigest;

/**
 * The tags of the blocks of a file in the making, on the disk, since a large file has many. Not
 * thread-safe.
 */
final class FileTags implements AutoCloseable {
  private static final int PIECE = 1 << 16;

  private final FileChannel file;

  /**
   * None yet.
   *
   * @param scratch a folder that is removed in the end
   */
  FileTags(Path scratch) throws IOException {
    file =
        FileChannel.open(
            scratch.resolve("tags"),
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
  }

  /** Those of the blocks from this one on. */
  void put(long block, byte[] tags) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(tags);
    while (bytes.hasRemaining()) {
      file.write(bytes, block * BlockTags.TAG + bytes.position());
    }
  }

  /** The same as earlier blocks have. */
  void repeat(long block, long earlier, long count) throws IOException {
    ByteBuffer tags = ByteBuffer.allocate((int) count * BlockTags.TAG);
    fill(tags, earlier * BlockTags.TAG);
    put(block, tags.array());
  }

  /** Forgets those of further blocks. */
  void truncate(long blocks) throws IOException {
    file.truncate(blocks * BlockTags.TAG);
  }

  /** The root of a file of so many blocks. */
  Hash root(long blocks) throws IOException {
    RootDigest root = new RootDigest();
    long end = blocks * BlockTags.TAG;
    for (long at = 0; at < end; ) {
      ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE, end - at));
      fill(piece, at);
      root.update(piece.array());
      at += piece.capacity();
    }
    return root.finish();
  }

  /** What was never put is zeros, which no block's tag is. */
  private void fill(ByteBuffer bytes, long from) throws IOException {
    while (bytes.hasRemaining() && file.read(bytes, from + bytes.position()) > 0) {
      // Reads on until it is full or the file ends.
      continue;
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
