package org.cldcb.wire;

import org.cldcb.chain.Head;
import org.cldcb.codec.ByteReader;
import org.cldcb.codec.ByteWriter;
import org.cldcb.codec.FormatException;

/** A request that the server did not carry out; the session goes on. */
public record Refused(RefusalCode code, Head head, Head parent) implements Message {
  static final int TYPE = 7;

  @Override
  public int type() {
    return TYPE;
  }

  @Override
  public void write(ByteWriter out) {
    out.u16(code.number());
    head.write(out);
    parent.write(out);
  }

  static Refused read(ByteReader in) throws FormatException {
    return new Refused(RefusalCode.read(in), Head.read(in), Head.read(in));
  }
}
