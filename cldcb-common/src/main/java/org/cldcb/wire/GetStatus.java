package org.cldcb.wire;

import org.cldcb.codec.ByteReader;
import org.cldcb.codec.ByteWriter;

/** Asks for figures about this node's backup. */
public record GetStatus() implements Message {
  static final int TYPE = 50;

  @Override
  public int type() {
    return TYPE;
  }

  @Override
  public void write(ByteWriter out) {}

  static GetStatus read(ByteReader in) {
    return new GetStatus();
  }
}
