package org.cldcb.wire;

import org.cldcb.codec.ByteReader;
import org.cldcb.codec.FormatException;

/** What a session may do; the ordinals are the numbers of docs/PROTOCOL.md §3. */
public enum Mode {
  /** Reads, and claims; disturbs no other session. */
  READ,
  /** Appends and makes bases; takes the next writer epoch. */
  WRITE,
  /** Stores chunks and bases beside the writing session, within its epoch. */
  BULK;

  static Mode read(ByteReader in) throws FormatException {
    return values()[in.u8(BULK.ordinal(), "mode")];
  }
}
