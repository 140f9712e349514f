package org.cldcb.format;

import org.cldcb.codec.ByteReader;
import org.cldcb.codec.ByteWriter;
import org.cldcb.codec.FormatException;

/**
 * One segment of an envelope: docs/FORMAT.md §3.2.
 *
 * @param last whether the envelope ends with it
 * @param nonce 12 bytes
 * @param ciphertext 1 to 32,768 bytes and the tag
 */
public record Segment(boolean last, byte[] nonce, byte[] ciphertext) {
  /** Plaintext bytes of every segment but the last, which may have fewer. */
  public static final int PLAINTEXT = 32_768;

  /** Segments of an envelope at most. */
  public static final int MAX_COUNT = 1 << 20;

  static final int NONCE = 12;
  private static final int TAG = 16;
  private static final int LENGTH_FIELD = 4;
  private static final long LAST = 1L << 31;

  /** Bytes of a segment at most, all in. */
  public static final int MAX_SIZE = LENGTH_FIELD + NONCE + PLAINTEXT + TAG;

  byte[] bytes() {
    return new ByteWriter(LENGTH_FIELD + NONCE + ciphertext.length)
        .u32((last ? LAST : 0) | NONCE + ciphertext.length)
        .bytes(nonce)
        .bytes(ciphertext)
        .toBytes();
  }

  static Segment read(ByteReader in) throws FormatException {
    long field = in.u32();
    boolean last = (field & LAST) != 0;
    long plaintext = (field & ~LAST) - NONCE - TAG;
    if (plaintext < 1 || plaintext > PLAINTEXT || !last && plaintext != PLAINTEXT) {
      throw new FormatException("segment of " + plaintext + " plaintext bytes");
    }
    return new Segment(last, in.bytes(NONCE), in.bytes((int) plaintext + TAG));
  }

  /** Reads bytes that are one segment and nothing else. */
  public static Segment parse(byte[] bytes) throws FormatException {
    ByteReader in = new ByteReader(bytes);
    Segment segment = read(in);
    in.end();
    return segment;
  }
}
