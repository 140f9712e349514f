package org.cldcb.format;

import java.io.IOException;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.cldcb.codec.ByteWriter;
import org.cldcb.codec.Hash;
import org.cldcb.io.Spool;

/** Writes the plaintext of a delta, block by block: docs/FORMAT.md §7.2. Not thread-safe. */
public final class DeltaWriter implements AutoCloseable {
  private static final int CONTINUES = 0x80;

  private final Spool spool;
  private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
  private final DeflaterOutputStream compressed;
  private long last = -1;

  /**
   * Begins it.
   *
   * @param parent digest of the manifest that it stands on
   */
  public DeltaWriter(Spool spool, BaseFacts facts, Hash parent) throws IOException {
    if (facts.startsChain()) {
      throw new IllegalArgumentException("a delta starts no chain");
    }
    this.spool = spool;
    compressed = new DeflaterOutputStream(spool, deflater, 8192);
    ByteWriter out = new ByteWriter().u8(DeltaReader.FORM);
    facts.write(out);
    spool.write(out.hash(parent).toBytes());
  }

  /** A block that changed, with a higher index than the one before. */
  public void block(long index, byte[] bytes, int offset, int length) throws IOException {
    if (index <= last) {
      throw new IllegalArgumentException("block " + index + " after " + last);
    }
    varint(index - last);
    compressed.write(bytes, offset, length);
    last = index;
  }

  /** Ends it: the spool then holds the padded plaintext. */
  public void finish(Hash root) throws IOException {
    varint(0);
    compressed.finish();
    spool.write(root.bytes());
    spool.padTo(Padme.padded(spool.size()));
  }

  /** Frees the compressor. */
  @Override
  public void close() {
    deflater.end();
  }

  private void varint(long value) throws IOException {
    long left = value;
    for (; left >= CONTINUES; left >>>= 7) {
      compressed.write((int) left & 0x7f | CONTINUES);
    }
    compressed.write((int) left);
  }
}
