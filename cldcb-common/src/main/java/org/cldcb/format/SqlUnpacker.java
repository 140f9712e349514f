package org.cldcb.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.cldcb.codec.FormatException;
import org.jspecify.annotations.Nullable;

/** Gives packed statements back as they were: the twin of {@link SqlPacker}. Not thread-safe. */
final class SqlUnpacker {
  /** Bytes of a statement at most: SQLite's own limit is a billion. */
  static final int MAX_STATEMENT = 1_000_000_000;

  private static final byte[] LOWER = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] UPPER = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
  private static final char REPLACEMENT = '\ufffd';

  private final InputStream in;
  private final byte[] buffer = new byte[8192];
  private int at;
  private int end;
  private byte[] statement = new byte[1024];
  private int length;

  SqlUnpacker(InputStream in) {
    this.in = in;
  }

  /** The next statement, or null at the end of the record. */
  @Nullable String next() throws IOException {
    length = 0;
    int marker = copyUntilMarker();
    if (marker == SqlPacker.END_OF_RECORD && length == 0) {
      if (fill()) {
        throw new FormatException("data after the end of a record");
      }
      return null;
    }
    while (marker != SqlPacker.END_OF_STATEMENT) {
      switch (marker) {
        case SqlPacker.LOWER_BLOB -> blob('x', LOWER);
        case SqlPacker.UPPER_BLOB -> blob('X', UPPER);
        default -> throw new FormatException("record ends in a statement");
      }
      marker = copyUntilMarker();
    }
    return utf8();
  }

  /** Takes what stands for itself, and returns the marker behind it. */
  private int copyUntilMarker() throws IOException {
    while (true) {
      requireMore("record ends early");
      int from = at;
      while (at < end && !isMarker(buffer[at])) {
        at++;
      }
      reserve(at - from);
      System.arraycopy(buffer, from, statement, length, at - from);
      length += at - from;
      if (at < end) {
        return buffer[at++] & 0xff;
      }
    }
  }

  private static boolean isMarker(byte octet) {
    return (octet & 0xff) >= SqlPacker.END_OF_RECORD;
  }

  private void blob(char prefix, byte[] digits) throws IOException {
    int left = varint();
    put(prefix);
    put('\'');
    while (left > 0) {
      requireMore("record ends in a blob");
      int count = Math.min(left, end - at);
      hex(count, digits);
      left -= count;
    }
    put('\'');
  }

  private void hex(int count, byte[] digits) throws FormatException {
    reserve(2 * count);
    for (int stop = at + count; at < stop; at++) {
      statement[length++] = digits[buffer[at] >> 4 & 0xf];
      statement[length++] = digits[buffer[at] & 0xf];
    }
  }

  private void put(char character) throws FormatException {
    reserve(1);
    statement[length++] = (byte) character;
  }

  private void reserve(int more) throws FormatException {
    int wanted = length + more;
    if (wanted > MAX_STATEMENT) {
      throw new FormatException("statement of more than " + MAX_STATEMENT + " bytes");
    }
    if (wanted > statement.length) {
      long roomy = Math.min(MAX_STATEMENT, statement.length * 2L);
      statement = Arrays.copyOf(statement, (int) Math.max(wanted, roomy));
    }
  }

  /** Strict: a statement that was mended here would replay as another one. */
  private String utf8() throws FormatException {
    String text = new String(statement, 0, length, StandardCharsets.UTF_8);
    return text.indexOf(REPLACEMENT) < 0 ? text : strictUtf8();
  }

  /** Tells what was mended from a replacement character that was there. */
  private String strictUtf8() throws FormatException {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(statement, 0, length))
          .toString();
    } catch (CharacterCodingException e) {
      throw new FormatException("statement that is not UTF-8");
    }
  }

  private int varint() throws IOException {
    long value = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      requireMore("record ends early");
      int octet = buffer[at++] & 0xff;
      value |= (long) (octet & 0x7f) << shift;
      if (octet < 0x80) {
        if (value > MAX_STATEMENT / 2) {
          throw new FormatException("blob of " + value + " bytes");
        }
        return (int) value;
      }
    }
    throw new FormatException("varint of more than 5 bytes");
  }

  private void requireMore(String otherwise) throws IOException {
    if (!fill()) {
      throw new FormatException(otherwise);
    }
  }

  /** Whether something is left. */
  private boolean fill() throws IOException {
    if (at == end) {
      at = 0;
      end = Math.max(0, in.read(buffer));
    }
    return at < end;
  }
}
