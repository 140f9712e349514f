package org.cldcb.wire;

import org.cldcb.codec.ByteReader;
import org.cldcb.codec.ByteWriter;
import org.cldcb.codec.FormatException;

/** Asks for the records after this one. */
public record GetRecords(long afterSeq) implements Message {
  static final int TYPE = 45;

  @Override
  public int type() {
    return TYPE;
  }

  @Override
  public void write(ByteWriter out) {
    out.u64(afterSeq);
  }

  static GetRecords read(ByteReader in) throws FormatException {
    return new GetRecords(in.u64());
  }
}
