package org.cldcb.format;

import java.io.IOException;
import java.io.InputStream;
import org.cldcb.codec.FormatException;
import org.cldcb.codec.Hash;
import org.jspecify.annotations.Nullable;

/**
 * Reads the plaintext of a delta, the twin of {@link DeltaWriter}: what it says of its base at
 * once, then block by block. Not thread-safe.
 */
public final class DeltaReader implements AutoCloseable {
  /** Deltas upon one another at most. */
  public static final int MAX_DEPTH = 32;

  static final int FORM = 2;

  private static final int MAX_VARINT_BITS = 28;

  private final BaseFacts facts;
  private final Hash parent;
  private final long before;
  private final long blocks;
  private final RawInflater inflater;
  private long index = -1;

  public DeltaReader(InputStream plaintext) throws IOException {
    PlaintextInput in = new PlaintextInput(plaintext);
    int form = in.reader(1).u8();
    if (form != FORM) {
      throw new FormatException("manifest of form " + form + " where a delta is expected");
    }
    facts = BaseFacts.read(in);
    if (facts.startsChain()) {
      throw new FormatException("a delta that starts a chain");
    }
    parent = in.reader(Hash.SIZE).hash();
    before = in.count();
    blocks = BlockTags.count(facts.fileSize());
    inflater = new RawInflater(in.rest());
  }

  /** Whether a manifest's plaintext, of which this is the first byte, is one. */
  public static boolean isOne(int first) {
    return first == FORM;
  }

  public BaseFacts facts() {
    return facts;
  }

  /** Digest of the manifest that it stands on. */
  public Hash parent() {
    return parent;
  }

  /** The next block that changed; null if there is none, and {@link #root} follows. */
  public byte @Nullable [] next() throws IOException {
    long gap = varint();
    if (gap == 0) {
      return null;
    }
    index += gap;
    if (index >= blocks) {
      throw new FormatException("block " + index + " of a file that has " + blocks);
    }
    int length = BlockTags.length(index, facts.fileSize());
    byte[] block = inflater.readNBytes(length);
    if (block.length != length) {
      throw new FormatException("a block ends early");
    }
    return block;
  }

  /** Index of the block that came last. */
  public long index() {
    return index;
  }

  /** The root of the file; the delta was then sound to its last byte. */
  public Hash root() throws IOException {
    if (inflater.read() != -1) {
      throw new FormatException("something behind the last block");
    }
    InputStream rest = inflater.rest();
    byte[] root = new PlaintextInput(rest).bytes(Hash.SIZE);
    Padding.check(rest, before + inflater.compressedSize() + Hash.SIZE);
    return Hash.of(root);
  }

  @Override
  public void close() {
    inflater.close();
  }

  private long varint() throws IOException {
    long value = 0;
    for (int shift = 0; shift < MAX_VARINT_BITS; shift += 7) {
      int octet = inflater.read();
      if (octet < 0) {
        throw new FormatException("a delta without its end");
      }
      value |= (long) (octet & 0x7f) << shift;
      if (octet < 0x80) {
        return value;
      }
    }
    throw new FormatException("a varint of more than four bytes");
  }
}
