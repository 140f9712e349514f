package org.cldcb.chain;

import org.cldcb.codec.ByteReader;
import org.cldcb.codec.ByteWriter;
import org.cldcb.codec.FormatException;
import org.cldcb.codec.Hash;

/**
 * The place of a record or a manifest in the chain, to which it is sealed: docs/FORMAT.md §3.3.
 *
 * @param generation base that the writer knew of; for a manifest its own number
 * @param seq the record's number; for a manifest that of the head it stands on
 * @param dataVersion CLN's data_version after the record; for a manifest that of its database
 * @param prev digest of the record before; for a manifest of the head it stands on
 */
public record Position(long generation, long seq, long dataVersion, Hash prev) {

  /** The head that a manifest at this place stands on, under the manifest's generation. */
  public Head asHead() {
    return new Head(generation, seq, dataVersion, prev);
  }

  /** The head that a record with this digest makes. */
  public Head headWith(Hash digest) {
    return new Head(generation, seq, dataVersion, digest);
  }

  public static Position read(ByteReader in) throws FormatException {
    return new Position(in.u64(), in.u64(), in.u64(), in.hash());
  }

  public void write(ByteWriter out) {
    out.u64(generation).u64(seq).u64(dataVersion).hash(prev);
  }
}
