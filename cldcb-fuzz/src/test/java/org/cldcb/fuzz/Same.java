package org.cldcb.fuzz;

import java.util.Arrays;
import java.util.HexFormat;

/** The other half of a target's contract: nothing is read that would be written otherwise. */
final class Same {
  private Same() {}

  static void bytes(byte[] input, byte[] encoded) {
    if (!Arrays.equals(input, encoded)) {
      HexFormat hex = HexFormat.of();
      throw new AssertionError(
          "read " + hex.formatHex(input) + "\nbut it encodes to " + hex.formatHex(encoded));
    }
  }

  static void value(Object read, Object readAgain) {
    if (!read.equals(readAgain)) {
      throw new AssertionError("read " + read + "\nbut encoded and read again " + readAgain);
    }
  }
}
