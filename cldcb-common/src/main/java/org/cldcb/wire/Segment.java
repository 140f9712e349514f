package org.cldcb.wire;

import org.cldcb.codec.ByteReader;
import org.cldcb.codec.ByteWriter;
import org.cldcb.codec.FormatException;

/**
 * A further segment of the envelope begun by the message before.
 *
 * @param bytes one segment, with its length field
 */
public record Segment(byte[] bytes) implements Message {
  static final int TYPE = 8;

  @Override
  public int type() {
    return TYPE;
  }

  @Override
  public void write(ByteWriter out) {
    out.bytes(bytes);
  }

  static Segment read(ByteReader in) throws FormatException {
    return new Segment(in.rest());
  }
}
