package org.cldcb.wire;

import org.cldcb.codec.ByteReader;
import org.cldcb.codec.ByteWriter;
import org.cldcb.codec.FormatException;

/** Keeps an idle connection alive and finds a dead one. */
public record Ping(long value) implements Message {
  static final int TYPE = 5;

  @Override
  public int type() {
    return TYPE;
  }

  @Override
  public void write(ByteWriter out) {
    out.u64(value);
  }

  static Ping read(ByteReader in) throws FormatException {
    return new Ping(in.u64());
  }
}
