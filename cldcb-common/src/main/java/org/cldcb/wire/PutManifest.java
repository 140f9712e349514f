package org.cldcb.wire;

import org.cldcb.chain.Position;
import org.cldcb.codec.ByteReader;
import org.cldcb.codec.ByteWriter;
import org.cldcb.codec.FormatException;
import org.cldcb.codec.Hash;

/**
 * The manifest that completes a base.
 *
 * @param position the new generation, and the head that it stands on
 * @param expected digest of the head that this replaces, or stands on
 */
public record PutManifest(BaseHow how, Position position, Hash expected, byte[] part)
    implements Message {
  static final int TYPE = 35;

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

  static PutManifest read(ByteReader in) throws FormatException {
    return new PutManifest(BaseHow.read(in), Position.read(in), in.hash(), in.rest());
  }
}
