package org.cldcb.wire;

import org.cldcb.chain.Position;
import org.cldcb.codec.ByteReader;
import org.cldcb.codec.ByteWriter;
import org.cldcb.codec.FormatException;
import org.cldcb.codec.Hash;

/**
 * A record to append, or to put in the head record's place.
 *
 * @param expected digest of the head as the client knows it
 * @param part the envelope's header and first segment
 */
public record Append(AppendHow how, Position position, Hash expected, byte[] part)
    implements Message {
  static final int TYPE = 20;

  @Override
  public int type() {
    return TYPE;
  }

  @Override
  public void write(ByteWriter out) {
    out.u8(how.number());
    position.write(out);
    out.hash(expected);
    out.bytes(part);
  }

  static Append read(ByteReader in) throws FormatException {
    return new Append(AppendHow.read(in), Position.read(in), in.hash(), in.rest());
  }
}
