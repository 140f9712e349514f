package org.cldcb.wire;

import org.cldcb.chain.Position;
import org.cldcb.codec.ByteReader;
import org.cldcb.codec.ByteWriter;
import org.cldcb.codec.FormatException;
import org.cldcb.codec.Hash;

/**
 * The manifest that completes a base, or is one: a delta brings all it has.
 *
 * @param position the new generation, and the head that it stands on
 * @param expected digest of the head that this replaces, or stands on
 * @param parent digest of the manifest that a delta stands on; zeros: it is a full one
 */
public record PutManifest(BaseHow how, Position position, Hash expected, Hash parent, byte[] part)
    implements Message {
  static final int TYPE = 35;

  /** Whether it brings all that its base has, but for what that stands on. */
  public boolean isDelta() {
    return !parent.isZero();
  }

  @Override
  public int type() {
    return TYPE;
  }

  @Override
  public void write(ByteWriter out) {
    out.u8(how.number());
    position.write(out);
    out.hash(expected);
    out.hash(parent);
    out.bytes(part);
  }

  static PutManifest read(ByteReader in) throws FormatException {
    return new PutManifest(BaseHow.read(in), Position.read(in), in.hash(), in.hash(), in.rest());
  }
}
