package org.cldcb.wire;

import org.cldcb.chain.Head;
import org.cldcb.chain.Keys;
import org.cldcb.codec.ByteReader;
import org.cldcb.codec.ByteWriter;
import org.cldcb.codec.FormatException;
import org.cldcb.crypto.MessageSignature;

/** Makes a new delegate the claimant, at exactly this head. */
public record ClaimRequest(long number, MessageSignature signature, Head expected)
    implements Message {
  static final int TYPE = 10;

  @Override
  public int type() {
    return TYPE;
  }

  @Override
  public void write(ByteWriter out) {
    out.u64(number);
    out.bytes(signature.bytes());
    expected.write(out);
  }

  static ClaimRequest read(ByteReader in) throws FormatException {
    return new ClaimRequest(in.u64(), Keys.readSignature(in), Head.read(in));
  }
}
