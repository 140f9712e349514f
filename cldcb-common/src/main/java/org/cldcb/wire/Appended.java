package org.cldcb.wire;

import org.cldcb.codec.ByteReader;
import org.cldcb.codec.ByteWriter;
import org.cldcb.codec.FormatException;
import org.cldcb.codec.Hash;

/**
 * The record, and the chain below it, are on stable storage.
 *
 * @param digest as the server computed it from what it stored
 */
public record Appended(long seq, Hash digest, Flags flags) implements Message {
  static final int TYPE = 21;

  @Override
  public int type() {
    return TYPE;
  }

  @Override
  public void write(ByteWriter out) {
    out.u64(seq);
    out.hash(digest);
    out.u8(flags.bits());
  }

  static Appended read(ByteReader in) throws FormatException {
    return new Appended(in.u64(), in.hash(), Flags.read(in));
  }
}
