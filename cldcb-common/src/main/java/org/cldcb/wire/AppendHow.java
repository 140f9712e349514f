package org.cldcb.wire;

import org.cldcb.codec.ByteReader;
import org.cldcb.codec.FormatException;

/** How a record meets the head. */
public enum AppendHow {
  /** After it. */
  APPEND(1),
  /** In its place: the head record never committed. It is kept as a branch. */
  REPLACE(2);

  private final int number;

  AppendHow(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  static AppendHow read(ByteReader in) throws FormatException {
    return switch (in.u8()) {
      case 1 -> APPEND;
      case 2 -> REPLACE;
      default -> throw new FormatException("unknown way to append");
    };
  }
}
