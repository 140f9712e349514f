package org.cldcb.wire;

import java.util.List;
import org.cldcb.codec.ByteReader;
import org.cldcb.codec.ByteWriter;
import org.cldcb.codec.FormatException;
import org.cldcb.codec.Hash;

/**
 * The answer to an {@link Offer}, id by id.
 *
 * @param digests of the stored envelope, or {@link Hash#ZERO} where the server lacks the chunk
 */
public record Offered(List<Hash> digests) implements Message {
  static final int TYPE = 32;

  @Override
  public int type() {
    return TYPE;
  }

  @Override
  public void write(ByteWriter out) {
    HashList.write(digests, out);
  }

  static Offered read(ByteReader in) throws FormatException {
    return new Offered(HashList.read(in));
  }

  @Override
  public String toString() {
    return "Offered[" + digests.size() + " digests]";
  }
}
