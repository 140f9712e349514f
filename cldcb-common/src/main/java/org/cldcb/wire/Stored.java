package org.cldcb.wire;

import org.cldcb.codec.ByteReader;
import org.cldcb.codec.ByteWriter;
import org.cldcb.codec.FormatException;
import org.cldcb.codec.Hash;

/**
 * The server has this chunk.
 *
 * @param digest of the envelope that it keeps, which may be an older one of the same chunk
 */
public record Stored(Hash id, Hash digest) implements Message {
  static final int TYPE = 34;

  @Override
  public int type() {
    return TYPE;
  }

  @Override
  public void write(ByteWriter out) {
    out.hash(id);
    out.hash(digest);
  }

  static Stored read(ByteReader in) throws FormatException {
    return new Stored(in.hash(), in.hash());
  }
}
