package org.cldcb.wire;

import org.cldcb.chain.Head;
import org.cldcb.codec.ByteReader;
import org.cldcb.codec.ByteWriter;
import org.cldcb.codec.FormatException;

/** The base is complete and durable. */
public record Based(Head head, Flags flags) implements Message {
  static final int TYPE = 36;

  @Override
  public int type() {
    return TYPE;
  }

  @Override
  public void write(ByteWriter out) {
    head.write(out);
    out.u8(flags.bits());
  }

  static Based read(ByteReader in) throws FormatException {
    return new Based(Head.read(in), Flags.read(in));
  }
}
