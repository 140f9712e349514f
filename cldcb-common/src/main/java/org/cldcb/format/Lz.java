package org.cldcb.format;

/** The numbers of docs/FORMAT.md §5.4, which its writer and its reader share. */
final class Lz {
  /** Unpacked bytes of a block: a window begins afresh behind them. */
  static final int BLOCK = 32_768;

  static final int MIN_MATCH = 4;
  static final int LITERALS_SHIFT = 5;
  static final int MAX_SHORT_LITERALS = 7;

  /** Set in a token whose match is as far back as the one before. */
  static final int REPEAT = 0x10;

  static final int MAX_SHORT_MATCH = 15;

  /** Bytes of a sequence besides its literals at most: a token and three varints. */
  static final int MAX_SEQUENCE_OVERHEAD = 16;

  private Lz() {}

  static int varintSize(int value) {
    return value < 0x80 ? 1 : value < 0x4000 ? 2 : 3;
  }
}
