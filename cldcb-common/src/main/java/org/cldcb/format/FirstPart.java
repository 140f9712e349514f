package org.cldcb.format;

import org.cldcb.codec.ByteReader;
import org.cldcb.codec.FormatException;

/** The start of an envelope as it travels in a message: the header and the first segment. */
public record FirstPart(EnvelopeHeader header, Segment segment) {

  /** Reads bytes that are a header, one segment and nothing else. */
  public static FirstPart parse(byte[] bytes) throws FormatException {
    ByteReader in = new ByteReader(bytes);
    FirstPart part = new FirstPart(EnvelopeHeader.read(in), Segment.read(in));
    in.end();
    return part;
  }
}
