package org.cldcb.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** UTF-8 of what stands around a statement's literals, and what they usually are. Immutable. */
final class Skeleton {
  private static final byte[] NULL = "NULL".getBytes(StandardCharsets.US_ASCII);

  private final List<byte[]> pieces;
  private final List<byte[]> usual;

  /**
   * A skeleton.
   *
   * @param pieces one more than literals
   */
  Skeleton(List<byte[]> pieces, List<byte[]> usual) {
    this.pieces = pieces;
    this.usual = usual;
  }

  /** One whose literals are usually NULL. */
  static Skeleton of(List<byte[]> pieces) {
    byte[][] usual = new byte[pieces.size() - 1][];
    Arrays.fill(usual, NULL);
    return new Skeleton(pieces, List.of(usual));
  }

  int literals() {
    return usual.size();
  }

  /** What stands before a literal, or behind the last. */
  byte[] piece(int index) {
    return pieces.get(index);
  }

  byte[] usual(int literal) {
    return usual.get(literal);
  }
}
