package org.cldcb.format;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import org.cldcb.codec.FormatException;

/**
 * Gives back what {@link LzWriter} compressed. It never reaches an end by itself: its reader knows
 * where the data ends, and asks {@link #isWhole} there. Not thread-safe.
 */
final class LzReader extends InputStream {
  private static final int FIRST_ROOM = 4096;

  private final InputStream in;
  private final byte[] input = new byte[8192];
  private int inputAt;
  private int inputEnd;
  private long takenBefore;

  private final int start;
  private byte[] window;
  private int at;
  private int end;
  private int literals;
  private int token;
  private int distance;

  LzReader(byte[] dictionary, InputStream in) {
    this.in = in;
    start = dictionary.length;
    window = Arrays.copyOf(dictionary, start + FIRST_ROOM);
    at = start;
    end = start;
  }

  @Override
  public int read() throws IOException {
    unpackSome();
    return window[at++] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int count) throws IOException {
    if (count == 0) {
      return 0;
    }
    unpackSome();
    int given = Math.min(count, end - at);
    System.arraycopy(window, at, into, offset, given);
    at += given;
    return given;
  }

  /** Whether nothing was begun behind what was given out. */
  boolean isWhole() {
    return at == end && literals == 0 && token == 0;
  }

  /** Bytes of the compressed data that were used. */
  long compressedSize() {
    return takenBefore + inputAt;
  }

  /** What follows the compressed data. */
  InputStream rest() {
    return new SequenceInputStream(
        new ByteArrayInputStream(input, inputAt, inputEnd - inputAt), in);
  }

  private void unpackSome() throws IOException {
    while (at == end) {
      if (end == start + Lz.BLOCK && literals == 0 && token == 0) {
        at = start;
        end = start;
        distance = 0;
      }
      if (literals > 0) {
        copyLiterals();
      } else if (token > 0) {
        copyMatch();
      } else {
        nextSequence();
      }
    }
  }

  private void nextSequence() throws IOException {
    token = octet();
    literals = token >> Lz.LITERALS_SHIFT;
    token &= Lz.REPEAT | Lz.MAX_SHORT_MATCH;
    if (literals == Lz.MAX_SHORT_LITERALS) {
      literals += varint();
    }
    if (literals == 0 && token == 0) {
      throw new FormatException("empty sequence");
    }
    reserve(literals);
  }

  private void copyLiterals() throws IOException {
    fill();
    int count = Math.min(literals, inputEnd - inputAt);
    System.arraycopy(input, inputAt, window, end, count);
    inputAt += count;
    end += count;
    literals -= count;
  }

  private void copyMatch() throws IOException {
    if ((token & Lz.REPEAT) == 0) {
      distance = varint() + 1;
    }
    int count = token & Lz.MAX_SHORT_MATCH;
    if (count == Lz.MAX_SHORT_MATCH) {
      count += varint();
    }
    count += Lz.MIN_MATCH - 1;
    if (distance == 0 || distance > end || (token & Lz.MAX_SHORT_MATCH) == 0) {
      throw new FormatException("match of what isn't there");
    }
    reserve(count);
    for (int i = 0; i < count; i++) {
      window[end] = window[end - distance];
      end++;
    }
    token = 0;
  }

  private void reserve(int count) throws FormatException {
    if (count > start + Lz.BLOCK - end) {
      throw new FormatException("sequence beyond its block");
    }
    if (count > window.length - end) {
      int roomy = Math.min(start + Lz.BLOCK, 2 * window.length);
      window = Arrays.copyOf(window, Math.max(end + count, roomy));
    }
  }

  private int varint() throws IOException {
    int value = 0;
    for (int shift = 0; shift < 21; shift += 7) {
      int octet = octet();
      value |= (octet & 0x7f) << shift;
      if (octet < 0x80) {
        return value;
      }
    }
    throw new FormatException("varint of more than 3 bytes");
  }

  private int octet() throws IOException {
    fill();
    return input[inputAt++] & 0xff;
  }

  private void fill() throws IOException {
    if (inputAt == inputEnd) {
      takenBefore += inputEnd;
      inputAt = 0;
      inputEnd = Math.max(0, in.read(input));
      if (inputEnd == 0) {
        throw new FormatException("record ends early");
      }
    }
  }
}
