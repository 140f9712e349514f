package org.cldcb.wire;

import org.cldcb.chain.Head;
import org.cldcb.codec.ByteReader;
import org.cldcb.codec.ByteWriter;
import org.cldcb.codec.FormatException;

/**
 * Nobody else commits until this session claims or ends, or ten seconds are over.
 *
 * @param head as it stays meanwhile
 */
public record Held(Head head, Head parent) implements Message {
  static final int TYPE = 13;

  @Override
  public int type() {
    return TYPE;
  }

  @Override
  public void write(ByteWriter out) {
    head.write(out);
    parent.write(out);
  }

  static Held read(ByteReader in) throws FormatException {
    return new Held(Head.read(in), Head.read(in));
  }
}
