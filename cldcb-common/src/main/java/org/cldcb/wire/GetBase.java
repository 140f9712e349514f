package org.cldcb.wire;

import org.cldcb.codec.ByteReader;
import org.cldcb.codec.ByteWriter;

/** Asks for the current base's manifest. */
public record GetBase() implements Message {
  static final int TYPE = 42;

  @Override
  public int type() {
    return TYPE;
  }

  @Override
  public void write(ByteWriter out) {}

  static GetBase read(ByteReader in) {
    return new GetBase();
  }
}
