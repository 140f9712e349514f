package org.cldcb.wire;

import org.cldcb.codec.ByteReader;
import org.cldcb.codec.ByteWriter;

/**
 * Asks the server to let nobody else commit for a moment, so that a claim can overtake a writer.
 */
public record Hold() implements Message {
  static final int TYPE = 12;

  @Override
  public int type() {
    return TYPE;
  }

  @Override
  public void write(ByteWriter out) {}

  static Hold read(ByteReader in) {
    return new Hold();
  }
}
