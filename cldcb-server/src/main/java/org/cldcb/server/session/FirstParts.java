package org.cldcb.server.session;

import java.util.Arrays;
import org.cldcb.codec.FormatException;
import org.cldcb.format.EnvelopeHeader;
import org.cldcb.format.FirstPart;
import org.cldcb.format.Segment;

/**
 * Checks the structure of the envelopes of one session. A run of them has one header, and to see
 * that its two keys are points of the curve costs more than all else that is done for an append: it
 * is done once. Not thread-safe.
 */
final class FirstParts {
  private static final int HEADER = EnvelopeHeader.SIZE;

  private byte[] soundHeader = {};

  /**
   * Checks a header and its first segment.
   *
   * @return whether the envelope ends with it
   * @throws FormatException if the bytes are anything else
   */
  boolean isWhole(byte[] part) throws FormatException {
    if (part.length >= HEADER
        && Arrays.equals(part, 0, HEADER, soundHeader, 0, soundHeader.length)) {
      return Segment.parse(Arrays.copyOfRange(part, HEADER, part.length)).last();
    }
    boolean whole = FirstPart.parse(part).segment().last();
    soundHeader = Arrays.copyOf(part, HEADER);
    return whole;
  }
}
