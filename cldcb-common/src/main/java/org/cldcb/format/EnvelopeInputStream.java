package org.cldcb.format;

import java.io.IOException;
import java.io.InputStream;
import org.cldcb.chain.ChainDigest;
import org.cldcb.codec.Hash;
import org.cldcb.crypto.AuthenticationException;
import org.cldcb.crypto.PublicKey;
import org.jspecify.annotations.Nullable;

/** The plaintext of an envelope, opened segment by segment. Not thread-safe. */
public final class EnvelopeInputStream extends InputStream {
  private final RunKeys keys;
  private final Place place;
  private final PublicKey delegate;
  private final EnvelopeOpener.PartSource more;
  private final ChainDigest digest;
  private byte[] plaintext;
  private int at;
  private int index;
  private boolean last;
  private boolean broken;
  private @Nullable Hash finished;

  EnvelopeInputStream(
      RunKeys keys, Place place, byte[] first, FirstPart part, EnvelopeOpener.PartSource more)
      throws IOException {
    this.keys = keys;
    this.place = place;
    this.delegate = part.header().delegate();
    this.more = more;
    this.digest = place.digest().update(first);
    this.plaintext = open(part.segment());
  }

  /** Who sealed it. */
  public PublicKey delegate() {
    return delegate;
  }

  @Override
  public int read() throws IOException {
    return fill() ? plaintext[at++] & 0xff : -1;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int count = Math.min(length, plaintext.length - at);
    System.arraycopy(plaintext, at, into, offset, count);
    at += count;
    return count;
  }

  /** The digest of the envelope, once it was read to its end. */
  public Hash digest() throws IOException {
    if (fill()) {
      throw new IllegalStateException("the envelope wasn't read to its end");
    }
    Hash known = finished;
    if (known == null) {
      known = digest.finish();
      finished = known;
    }
    return known;
  }

  private boolean fill() throws IOException {
    if (broken) {
      throw new EnvelopeException("nothing can be read behind a segment that did not open");
    }
    if (at == plaintext.length && !last) {
      // Whoever reads on after an exception must not get the segments that follow, nor an end.
      broken = true;
      byte[] part = more.next();
      digest.update(part);
      plaintext = open(Segment.parse(part));
      at = 0;
      broken = false;
    }
    return at < plaintext.length;
  }

  private byte[] open(Segment segment) throws IOException {
    if (index == Segment.MAX_COUNT) {
      throw new EnvelopeException("envelope of more than " + Segment.MAX_COUNT + " segments");
    }
    last = segment.last();
    try {
      return keys.open(place, index++, segment);
    } catch (AuthenticationException e) {
      throw new EnvelopeException("altered, out of its place, or sealed for another node");
    }
  }
}
