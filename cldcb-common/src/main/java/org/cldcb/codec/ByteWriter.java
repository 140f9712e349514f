package org.cldcb.codec;

import java.util.Arrays;

/** Writes a byte layout into a growing array: the twin of {@link ByteReader}. Not thread-safe. */
public final class ByteWriter {
  /** Bits that a u64 of cldcb's may use. */
  static final int U64_BITS = 62;

  private byte[] bytes;
  private int length;

  public ByteWriter() {
    this(256);
  }

  public ByteWriter(int capacity) {
    bytes = new byte[Math.max(16, capacity)];
  }

  public ByteWriter u8(int value) {
    room(1);
    bytes[length++] = (byte) value;
    return this;
  }

  public ByteWriter u16(int value) {
    return u8(value >>> 8).u8(value);
  }

  public ByteWriter u32(long value) {
    return u16((int) (value >>> 16)).u16((int) value);
  }

  /**
   * Writes a u64.
   *
   * @throws IllegalArgumentException for what isn't below 2^62, as cldcb's integers are
   */
  public ByteWriter u64(long value) {
    if (value >>> U64_BITS != 0) {
      throw new IllegalArgumentException("u64 out of range");
    }
    return u32(value >>> 32).u32(value);
  }

  public ByteWriter bytes(byte[] value) {
    return bytes(value, 0, value.length);
  }

  public ByteWriter bytes(byte[] value, int offset, int count) {
    room(count);
    System.arraycopy(value, offset, bytes, length, count);
    length += count;
    return this;
  }

  public ByteWriter hash(Hash hash) {
    return bytes(hash.bytes());
  }

  public int length() {
    return length;
  }

  public byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  private void room(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(length, more), bytes.length * 2));
    }
  }
}
