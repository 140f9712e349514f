package org.cldcb.wire;

import org.cldcb.codec.ByteReader;
import org.cldcb.codec.ByteWriter;
import org.cldcb.codec.FormatException;
import org.cldcb.codec.Hash;

/** A chunk: to the server to be stored, or from it on recovery. */
public record Chunk(Hash id, byte[] part) implements Message {
  static final int TYPE = 33;

  @Override
  public int type() {
    return TYPE;
  }

  @Override
  public void write(ByteWriter out) {
    out.hash(id);
    out.bytes(part);
  }

  static Chunk read(ByteReader in) throws FormatException {
    return new Chunk(in.hash(), in.rest());
  }
}
