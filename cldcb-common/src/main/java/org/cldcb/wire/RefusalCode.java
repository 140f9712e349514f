package org.cldcb.wire;

import org.cldcb.codec.ByteReader;
import org.cldcb.codec.FormatException;

/** Why the server refuses one request: docs/PROTOCOL.md §3. The number is the ordinal + 20. */
public enum RefusalCode {
  HEAD_MOVED,
  NO_USABLE_BASE,
  CHUNKS_MISSING,
  OVER_QUOTA,
  DISK_FULL,
  BAD_CLAIM,
  NOT_FOUND;

  private static final int FIRST = 20;

  public int number() {
    return ordinal() + FIRST;
  }

  static RefusalCode read(ByteReader in) throws FormatException {
    int number = in.u16();
    if (number < FIRST || number >= FIRST + values().length) {
      throw new FormatException("unknown refusal code " + number);
    }
    return values()[number - FIRST];
  }
}
