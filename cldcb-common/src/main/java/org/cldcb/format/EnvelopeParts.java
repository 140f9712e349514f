package org.cldcb.format;

import java.io.IOException;
import java.io.InputStream;
import org.cldcb.chain.ChainDigest;
import org.cldcb.codec.ByteWriter;
import org.cldcb.codec.Hash;
import org.cldcb.io.Spool;
import org.jspecify.annotations.Nullable;

/**
 * An envelope in the making, in the parts in which it travels: first the header with the first
 * segment, then each further segment. Only one segment is in memory at a time. Not thread-safe.
 */
public final class EnvelopeParts {
  private final RunKeys keys;
  private final Place place;
  private final InputStream plaintext;
  private final ChainDigest digest;
  private long left;
  private int index;
  private @Nullable Hash finished;

  EnvelopeParts(RunKeys keys, Place place, Spool plaintext) throws IOException {
    if (plaintext.size() == 0) {
      throw new IllegalArgumentException("nothing to seal");
    }
    this.keys = keys;
    this.place = place;
    this.plaintext = plaintext.read();
    this.digest = place.digest();
    this.left = plaintext.size();
  }

  public boolean hasNext() {
    return left > 0;
  }

  /** The next part. */
  public byte[] next() throws IOException {
    int size = (int) Math.min(left, Segment.PLAINTEXT);
    byte[] piece = plaintext.readNBytes(size);
    if (size == 0 || piece.length != size) {
      throw new IllegalStateException("there is no further part");
    }
    left -= size;
    byte[] segment = keys.seal(place, index, left == 0, piece).bytes();
    byte[] part = index == 0 ? withHeader(segment) : segment;
    index++;
    digest.update(part);
    return part;
  }

  /** The digest of the whole envelope, once no part is left. */
  public Hash digest() {
    if (hasNext()) {
      throw new IllegalStateException("the envelope isn't complete");
    }
    Hash known = finished;
    if (known == null) {
      known = digest.finish();
      finished = known;
    }
    return known;
  }

  private byte[] withHeader(byte[] segment) {
    return new ByteWriter(EnvelopeHeader.SIZE + segment.length)
        .bytes(keys.header())
        .bytes(segment)
        .toBytes();
  }
}
