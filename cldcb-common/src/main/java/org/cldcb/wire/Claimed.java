package org.cldcb.wire;

import org.cldcb.codec.ByteReader;
import org.cldcb.codec.ByteWriter;
import org.cldcb.codec.FormatException;

/** The claim is durable; older delegates are superseded. */
public record Claimed(long number) implements Message {
  static final int TYPE = 11;

  @Override
  public int type() {
    return TYPE;
  }

  @Override
  public void write(ByteWriter out) {
    out.u64(number);
  }

  static Claimed read(ByteReader in) throws FormatException {
    return new Claimed(in.u64());
  }
}
