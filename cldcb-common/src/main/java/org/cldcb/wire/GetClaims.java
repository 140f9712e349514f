package org.cldcb.wire;

import org.cldcb.codec.ByteReader;
import org.cldcb.codec.ByteWriter;
import org.cldcb.codec.FormatException;

/** Asks for the claims from this number on. */
public record GetClaims(long from) implements Message {
  static final int TYPE = 40;

  @Override
  public int type() {
    return TYPE;
  }

  @Override
  public void write(ByteWriter out) {
    out.u64(from);
  }

  static GetClaims read(ByteReader in) throws FormatException {
    return new GetClaims(in.u64());
  }
}
