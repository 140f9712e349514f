package org.cldcb.format;

import java.io.IOException;
import org.cldcb.codec.ByteWriter;
import org.cldcb.codec.Hash;
import org.cldcb.io.Spool;

/**
 * Writes the plaintext of a full manifest chunk by chunk, so that memory stays bounded whatever the
 * file's size: docs/FORMAT.md §7.1. Not thread-safe.
 */
public final class ManifestWriter {
  private final Spool spool;
  private long left;

  /**
   * Begins it.
   *
   * @throws IllegalArgumentException if it has what no reader takes
   */
  public ManifestWriter(Spool spool, BaseFacts facts, int chunkSize) throws IOException {
    this.spool = spool;
    long count = Manifest.count(facts.fileSize(), chunkSize);
    if (!Manifest.isChunkSize(chunkSize) || count > ChunkList.MAX) {
      throw new IllegalArgumentException(count + " chunks of " + chunkSize + " bytes");
    }
    left = count;
    ByteWriter out = new ByteWriter().u8(Manifest.FORM);
    facts.write(out);
    spool.write(out.u32(chunkSize).u32(count).toBytes());
  }

  /** The next chunk. */
  public void chunk(Hash id, Hash digest) throws IOException {
    left--;
    spool.write(id.bytes());
    spool.write(digest.bytes());
  }

  /** Ends it: the spool then holds the padded plaintext. */
  public void finish(Hash root) throws IOException {
    if (left != 0) {
      throw new IllegalArgumentException(left + " chunks are lacking");
    }
    spool.write(root.bytes());
    spool.padTo(Padme.padded(spool.size()));
  }
}
