package org.cldcb.codec;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads a byte layout from an array, front to back, never past its end. Not thread-safe. */
public final class ByteReader {
  private final byte[] bytes;
  private int at;

  public ByteReader(byte[] bytes) {
    this.bytes = bytes;
  }

  public int u8() throws FormatException {
    return bytes[take(1)] & 0xff;
  }

  public int u16() throws FormatException {
    return u8() << 8 | u8();
  }

  /** A u32 as a non-negative long. */
  public long u32() throws FormatException {
    return (long) u16() << 16 | u16();
  }

  /** A u64 below 2^62, as all of cldcb's are: the sum of two is below 2^63. */
  public long u64() throws FormatException {
    long value = u32() << 32 | u32();
    if (value >>> ByteWriter.U64_BITS != 0) {
      throw new FormatException("integer of 2^62 or more");
    }
    return value;
  }

  /** A u8 that must be at most {@code max}; {@code what} names it in the error. */
  public int u8(int max, String what) throws FormatException {
    int value = u8();
    if (value > max) {
      throw new FormatException(what + " is " + value + ", at most " + max + " is known");
    }
    return value;
  }

  public byte[] bytes(int length) throws FormatException {
    int from = take(length);
    return Arrays.copyOfRange(bytes, from, from + length);
  }

  public Hash hash() throws FormatException {
    return Hash.of(bytes(Hash.SIZE));
  }

  /** UTF-8 text of that many bytes. */
  public String utf8(int length) throws FormatException {
    int from = take(length);
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, from, length))
          .toString();
    } catch (CharacterCodingException e) {
      throw new FormatException("text is not UTF-8");
    }
  }

  public byte[] rest() throws FormatException {
    return bytes(remaining());
  }

  public int remaining() {
    return bytes.length - at;
  }

  /** Insists that everything was read. */
  public void end() throws FormatException {
    if (remaining() != 0) {
      throw new FormatException(remaining() + " bytes left over");
    }
  }

  private int take(int length) throws FormatException {
    if (length < 0 || length > remaining()) {
      throw new FormatException("ends " + (length - remaining()) + " bytes early");
    }
    int from = at;
    at += length;
    return from;
  }
}
