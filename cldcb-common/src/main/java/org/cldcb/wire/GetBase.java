package org.cldcb.wire;

import org.cldcb.codec.ByteReader;
import org.cldcb.codec.ByteWriter;
import org.cldcb.codec.FormatException;
import org.cldcb.codec.Hash;

/**
 * Asks for a base's manifest.
 *
 * @param digest its own; zeros: the current base's
 */
public record GetBase(Hash digest) implements Message {
  static final int TYPE = 42;

  @Override
  public int type() {
    return TYPE;
  }

  @Override
  public void write(ByteWriter out) {
    out.hash(digest);
  }

  static GetBase read(ByteReader in) throws FormatException {
    return new GetBase(in.hash());
  }
}
