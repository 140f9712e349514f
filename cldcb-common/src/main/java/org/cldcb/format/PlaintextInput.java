package org.cldcb.format;

import java.io.IOException;
import java.io.InputStream;
import org.cldcb.codec.ByteReader;
import org.cldcb.codec.FormatException;

/** Reads a plaintext front to back, and counts. Not thread-safe. */
final class PlaintextInput {
  private final InputStream in;
  private long count;

  PlaintextInput(InputStream in) {
    this.in = in;
  }

  /** So many bytes; memory is taken only for what comes. */
  byte[] bytes(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length != length) {
      throw new FormatException("ends " + (length - bytes.length) + " bytes early");
    }
    count += length;
    return bytes;
  }

  ByteReader reader(int length) throws IOException {
    return new ByteReader(bytes(length));
  }

  /** Bytes read. */
  long count() {
    return count;
  }

  /** What follows; not counted. */
  InputStream rest() {
    return in;
  }
}
