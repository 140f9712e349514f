package org.cldcb.chain;

import org.cldcb.codec.ByteReader;
import org.cldcb.codec.ByteWriter;
import org.cldcb.codec.FormatException;

/** A claim with the head at which the server took it. */
public record StoredClaim(Claim claim, Head head) {

  public static StoredClaim read(ByteReader in) throws FormatException {
    return new StoredClaim(Claim.read(in), Head.read(in));
  }

  public void write(ByteWriter out) {
    claim.write(out);
    head.write(out);
  }
}
