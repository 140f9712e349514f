package org.cldcb.chain;

import org.cldcb.codec.ByteReader;
import org.cldcb.codec.ByteWriter;
import org.cldcb.codec.FormatException;
import org.cldcb.codec.Hash;

/**
 * Where a chain stands: docs/FORMAT.md §8.
 *
 * @param generation number of the base that the chain stands on now
 * @param seq number of the last record
 * @param dataVersion CLN's data_version after that record
 * @param digest digest of that record, or the start of the chain
 */
public record Head(long generation, long seq, long dataVersion, Hash digest) {
  /** What a server answers that has nothing. */
  public static final Head EMPTY = new Head(0, 0, 0, Hash.ZERO);

  public boolean isEmpty() {
    return equals(EMPTY);
  }

  /** Same place in the chain, whatever base it stands on. */
  public boolean sameRecord(Head other) {
    return seq == other.seq && dataVersion == other.dataVersion && digest.equals(other.digest);
  }

  /** The place of a record that follows. */
  public Position next(long nextDataVersion) {
    return new Position(generation, seq + 1, nextDataVersion, digest);
  }

  public static Head read(ByteReader in) throws FormatException {
    return new Head(in.u64(), in.u64(), in.u64(), in.hash());
  }

  public void write(ByteWriter out) {
    out.u64(generation).u64(seq).u64(dataVersion).hash(digest);
  }
}
