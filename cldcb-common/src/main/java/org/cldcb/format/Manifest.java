package org.cldcb.format;

import java.io.IOException;
import java.io.InputStream;
import org.cldcb.codec.ByteReader;
import org.cldcb.codec.FormatException;
import org.cldcb.codec.Hash;
import org.cldcb.io.Spool;

/**
 * What a full base consists of: docs/FORMAT.md §7.1. The head that it stands on is its place.
 *
 * @param chunkSize bytes of every chunk but the last
 * @param root of the file
 */
public record Manifest(BaseFacts facts, int chunkSize, ChunkList chunks, Hash root) {
  static final int FORM = 1;
  static final int MIN_CHUNK = 4096;
  static final int MAX_CHUNK = 1 << 20;

  /** Bytes of the chunk with this index. */
  public int chunkLength(int index) {
    return (int) Math.min(chunkSize, facts.fileSize() - (long) index * chunkSize);
  }

  /** Writes the padded plaintext. */
  public void write(Spool spool) throws IOException {
    ManifestWriter out = new ManifestWriter(spool, facts, chunkSize);
    for (int i = 0; i < chunks.size(); i++) {
      out.chunk(chunks.id(i), chunks.digest(i));
    }
    out.finish(root);
  }

  /** Reads a padded plaintext. */
  public static Manifest decode(InputStream plaintext) throws IOException {
    PlaintextInput in = new PlaintextInput(plaintext);
    int form = in.reader(1).u8();
    if (form != FORM) {
      throw new FormatException("manifest of form " + form + "; this cldcb reads 1 and 2");
    }
    BaseFacts facts = BaseFacts.read(in);
    ByteReader sizes = in.reader(8);
    long chunkSize = sizes.u32();
    if (!isChunkSize(chunkSize)) {
      throw new FormatException("chunk size " + chunkSize);
    }
    ChunkList chunks = chunks(in, sizes.u32(), facts.fileSize(), chunkSize);
    Hash root = in.reader(Hash.SIZE).hash();
    Padding.check(in.rest(), in.count());
    return new Manifest(facts, (int) chunkSize, chunks, root);
  }

  static boolean isChunkSize(long size) {
    return size >= MIN_CHUNK && size <= MAX_CHUNK && Long.bitCount(size) == 1;
  }

  static long count(long fileSize, long chunkSize) {
    return -Math.floorDiv(-fileSize, chunkSize);
  }

  private static ChunkList chunks(PlaintextInput in, long count, long fileSize, long chunkSize)
      throws IOException {
    if (count > ChunkList.MAX || count != count(fileSize, chunkSize)) {
      throw new FormatException(count + " chunks for a file of " + fileSize + " bytes");
    }
    return new ChunkList(in.bytes(Math.toIntExact(count * ChunkList.ENTRY)));
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "Manifest[" + facts.fileSize() + " bytes in " + chunks.size() + " chunks]";
  }
}
