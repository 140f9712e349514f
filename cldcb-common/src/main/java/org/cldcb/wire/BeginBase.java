package org.cldcb.wire;

import org.cldcb.codec.ByteReader;
import org.cldcb.codec.ByteWriter;

/** A base begins: the offers that follow say what it consists of. */
public record BeginBase() implements Message {
  static final int TYPE = 30;

  @Override
  public int type() {
    return TYPE;
  }

  @Override
  public void write(ByteWriter out) {}

  static BeginBase read(ByteReader in) {
    return new BeginBase();
  }
}
