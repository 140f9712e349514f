package org.cldcb.wire;

import org.cldcb.codec.ByteReader;
import org.cldcb.codec.ByteWriter;
import org.cldcb.codec.FormatException;

/** Answers a ping with its value. */
public record Pong(long value) implements Message {
  static final int TYPE = 6;

  @Override
  public int type() {
    return TYPE;
  }

  @Override
  public void write(ByteWriter out) {
    out.u64(value);
  }

  static Pong read(ByteReader in) throws FormatException {
    return new Pong(in.u64());
  }
}
