package org.cldcb.wire;

import org.cldcb.chain.Position;
import org.cldcb.codec.ByteReader;
import org.cldcb.codec.ByteWriter;
import org.cldcb.codec.FormatException;

/**
 * A record of the chain.
 *
 * @param receivedAt unix seconds of the server's clock
 */
public record StoredRecord(Position position, long receivedAt, byte[] part) implements Message {
  static final int TYPE = 46;

  @Override
  public int type() {
    return TYPE;
  }

  @Override
  public void write(ByteWriter out) {
    position.write(out);
    out.u64(receivedAt);
    out.bytes(part);
  }

  static StoredRecord read(ByteReader in) throws FormatException {
    return new StoredRecord(Position.read(in), in.u64(), in.rest());
  }
}
