package org.cldcb.format;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.cldcb.codec.FormatException;

/**
 * Inflates a raw DEFLATE stream and knows exactly where it ended, which {@code InflaterInputStream}
 * does not tell. Not thread-safe.
 */
final class RawInflater extends InputStream {
  private final InputStream in;
  private final Inflater inflater = new Inflater(true);
  private final byte[] buffer = new byte[8192];
  private final byte[] one = new byte[1];
  private int fed;
  private long taken;

  RawInflater(InputStream in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    try {
      int count = inflater.inflate(into, offset, length);
      while (count == 0 && !inflater.finished()) {
        feed();
        count = inflater.inflate(into, offset, length);
      }
      return count == 0 ? -1 : count;
    } catch (DataFormatException e) {
      throw new FormatException("not a DEFLATE stream");
    }
  }

  /** Bytes of the compressed stream, once it has ended. */
  long compressedSize() {
    return taken - unread();
  }

  /** What follows the compressed stream, once it has ended. */
  InputStream rest() {
    return new SequenceInputStream(new ByteArrayInputStream(buffer, fed - unread(), unread()), in);
  }

  /** Bytes behind the end of the compressed stream that were taken from the input already. */
  int unread() {
    return inflater.getRemaining();
  }

  @Override
  public void close() {
    inflater.end();
  }

  private void feed() throws IOException {
    int count = in.read(buffer);
    if (count <= 0) {
      throw new FormatException("compressed data ends early");
    }
    fed = count;
    taken += count;
    inflater.setInput(buffer, 0, count);
  }
}
