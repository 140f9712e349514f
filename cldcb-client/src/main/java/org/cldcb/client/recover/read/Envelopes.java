package org.cldcb.client.recover.read;

import java.io.IOException;
import org.cldcb.chain.ChainException;
import org.cldcb.chain.ChainException.Reason;
import org.cldcb.codec.FormatException;
import org.cldcb.crypto.PublicKey;
import org.cldcb.format.EnvelopeException;
import org.cldcb.format.EnvelopeInputStream;
import org.cldcb.format.EnvelopeOpener;
import org.cldcb.format.Place;
import org.cldcb.wire.Message;
import org.cldcb.wire.Segment;

/** Opens envelopes that a server sends; what doesn't open says which one it was. */
final class Envelopes {
  private final EnvelopeOpener opener;

  Envelopes(EnvelopeOpener opener) {
    this.opener = opener;
  }

  /**
   * An envelope in messages to people.
   *
   * @param altered the reason if it doesn't open
   * @param malformed the reason if what it holds isn't what it should be
   */
  record Subject(String name, Reason altered, Reason malformed) {
    ChainException fault(Reason reason, String what) {
      return new ChainException(reason, name + " " + what);
    }

    private ChainException fault(Reason reason, IOException cause) {
      return new ChainException(reason, name + ": " + cause.getMessage(), cause);
    }
  }

  /** Takes the plaintext of an envelope. */
  @FunctionalInterface
  interface Reader<T> {
    T read(EnvelopeInputStream plaintext) throws IOException;
  }

  /** Who sealed it, before anything is opened. */
  PublicKey delegate(Subject subject, byte[] first) throws ChainException {
    try {
      return opener.parse(first).header().delegate();
    } catch (FormatException e) {
      throw subject.fault(subject.altered(), e);
    }
  }

  /** Opens an envelope, whose further parts come among the replies. */
  <T> T open(Subject subject, Place place, byte[] first, Replies replies, Reader<T> reader)
      throws IOException {
    try {
      return reader.read(opener.open(place, first, () -> segment(subject, replies)));
    } catch (EnvelopeException e) {
      throw subject.fault(subject.altered(), e);
    } catch (FormatException e) {
      throw subject.fault(subject.malformed(), e);
    }
  }

  /** Something that is done with what was opened. */
  @FunctionalInterface
  interface Work<T> {
    T run() throws IOException;
  }

  /** Does something with what an envelope held, which may not be what it should. */
  static <T> T within(Subject subject, Work<T> work) throws IOException {
    try {
      return work.run();
    } catch (FormatException e) {
      throw subject.fault(subject.malformed(), e);
    }
  }

  private static byte[] segment(Subject subject, Replies replies) throws IOException {
    Message message = replies.receive();
    if (message instanceof Segment segment) {
      return segment.bytes();
    }
    throw subject.fault(Reason.TRUNCATED, "ends before its last segment");
  }
}
