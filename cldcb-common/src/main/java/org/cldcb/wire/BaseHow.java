package org.cldcb.wire;

import org.cldcb.codec.ByteReader;
import org.cldcb.codec.FormatException;

/** How a base meets the chain. */
public enum BaseHow {
  /** It stands on a head that the chain has passed through since its current base. */
  ON_HEAD(1),
  /** It starts a new chain; what was there is kept as a branch. */
  CHAIN_START(2);

  private final int number;

  BaseHow(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  static BaseHow read(ByteReader in) throws FormatException {
    return switch (in.u8()) {
      case 1 -> ON_HEAD;
      case 2 -> CHAIN_START;
      default -> throw new FormatException("unknown way to make a base");
    };
  }
}
