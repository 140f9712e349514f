package org.cldcb.wire;

import org.cldcb.codec.ByteReader;
import org.cldcb.codec.FormatException;

/** Who a delegate is to the server; the ordinals are the numbers of docs/PROTOCOL.md §3. */
public enum Standing {
  /** Nobody has claimed the node's chain on this server. */
  UNCLAIMED,
  /** Another delegate is the claimant; this one may claim. */
  NEW,
  /** This delegate is the one writer. */
  CLAIMANT;

  static Standing read(ByteReader in) throws FormatException {
    return values()[in.u8(CLAIMANT.ordinal(), "standing")];
  }
}
