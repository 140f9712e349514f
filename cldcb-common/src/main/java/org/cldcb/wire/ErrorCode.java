package org.cldcb.wire;

import org.cldcb.codec.ByteReader;
import org.cldcb.codec.FormatException;

/** Why the server ends a connection: docs/PROTOCOL.md §3. The number is the ordinal + 1. */
public enum ErrorCode {
  BAD_MESSAGE,
  UNSUPPORTED_VERSION,
  NOT_ALLOWED,
  BAD_DELEGATION,
  UNCLAIMED,
  NOT_CLAIMANT,
  NEWER_WRITER,
  OVER_LIMIT,
  SERVER_FAILED,
  SHUTTING_DOWN;

  public int number() {
    return ordinal() + 1;
  }

  static ErrorCode read(ByteReader in) throws FormatException {
    int number = in.u16();
    if (number < 1 || number > values().length) {
      throw new FormatException("unknown error code " + number);
    }
    return values()[number - 1];
  }
}
