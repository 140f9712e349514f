package org.cldcb.format;

import java.util.Arrays;

/** Where in a dictionary four bytes are found; made once, used by every record. Immutable. */
final class LzIndex {
  /** Places looked at, at most. */
  static final int TRIES = 8;

  private static final int HASH_BITS = 14;

  private final byte[] bytes;
  private final short[] heads = new short[1 << HASH_BITS];
  private final short[] next;

  LzIndex(byte[] bytes) {
    this.bytes = bytes;
    next = new short[bytes.length];
    Arrays.fill(heads, (short) -1);
    for (int i = 0; i <= bytes.length - Lz.MIN_MATCH; i++) {
      int slot = hash(bytes, i) >>> 32 - HASH_BITS;
      next[i] = heads[slot];
      heads[slot] = (short) i;
    }
  }

  /** Of the four bytes at {@code at}, in its upper bits. */
  static int hash(byte[] bytes, int at) {
    int four =
        bytes[at] & 0xff
            | (bytes[at + 1] & 0xff) << 8
            | (bytes[at + 2] & 0xff) << 16
            | bytes[at + 3] << 24;
    return four * 0x9e3779b1;
  }

  byte[] bytes() {
    return bytes;
  }

  int size() {
    return bytes.length;
  }

  /** The last place where four bytes of this hash may be, or -1. */
  int first(int hash) {
    return heads[hash >>> 32 - HASH_BITS];
  }

  /** The place before this one, or -1. */
  int next(int place) {
    return next[place];
  }
}
