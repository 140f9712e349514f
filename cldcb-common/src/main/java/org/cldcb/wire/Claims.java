package org.cldcb.wire;

import java.util.ArrayList;
import java.util.List;
import org.cldcb.chain.StoredClaim;
import org.cldcb.codec.ByteReader;
import org.cldcb.codec.ByteWriter;
import org.cldcb.codec.FormatException;

/**
 * Claims in the order of their numbers.
 *
 * @param claims at most {@link #MAX}
 */
public record Claims(List<StoredClaim> claims) implements Message {
  static final int TYPE = 41;

  /** Claims in one message at most. */
  public static final int MAX = 200;

  @Override
  public int type() {
    return TYPE;
  }

  @Override
  public void write(ByteWriter out) {
    if (claims.size() > MAX) {
      throw new IllegalArgumentException("too many claims for a message");
    }
    out.u16(claims.size());
    claims.forEach(claim -> claim.write(out));
  }

  static Claims read(ByteReader in) throws FormatException {
    int count = in.u16();
    if (count > MAX) {
      throw new FormatException("at most " + MAX + " claims, not " + count);
    }
    List<StoredClaim> claims = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      claims.add(StoredClaim.read(in));
    }
    return new Claims(List.copyOf(claims));
  }
}
