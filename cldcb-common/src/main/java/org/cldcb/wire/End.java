package org.cldcb.wire;

import org.cldcb.chain.Head;
import org.cldcb.codec.ByteReader;
import org.cldcb.codec.ByteWriter;
import org.cldcb.codec.FormatException;

/**
 * The end of an answer to {@link GetRecords}.
 *
 * @param head as it is now
 */
public record End(Head head, Head parent) implements Message {
  static final int TYPE = 47;

  @Override
  public int type() {
    return TYPE;
  }

  @Override
  public void write(ByteWriter out) {
    head.write(out);
    parent.write(out);
  }

  static End read(ByteReader in) throws FormatException {
    return new End(Head.read(in), Head.read(in));
  }
}
