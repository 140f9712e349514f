package org.cldcb.wire;

import org.cldcb.chain.Claim;
import org.cldcb.codec.ByteReader;
import org.cldcb.codec.ByteWriter;
import org.cldcb.codec.FormatException;

/** The end of a delegate: the claim that superseded it, which proves itself. */
public record Superseded(Claim claim) implements Message {
  static final int TYPE = 4;

  @Override
  public int type() {
    return TYPE;
  }

  @Override
  public void write(ByteWriter out) {
    claim.write(out);
  }

  static Superseded read(ByteReader in) throws FormatException {
    return new Superseded(Claim.read(in));
  }
}
