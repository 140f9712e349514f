package org.cldcb.wire;

import java.util.List;
import org.cldcb.codec.ByteReader;
import org.cldcb.codec.ByteWriter;
import org.cldcb.codec.FormatException;
import org.cldcb.codec.Hash;

/**
 * Chunk ids that the client has: which of them does the server lack?
 *
 * @param ids 1 to {@link HashList#MAX} of them
 */
public record Offer(List<Hash> ids) implements Message {
  static final int TYPE = 31;

  @Override
  public int type() {
    return TYPE;
  }

  @Override
  public void write(ByteWriter out) {
    HashList.write(ids, out);
  }

  static Offer read(ByteReader in) throws FormatException {
    return new Offer(HashList.read(in));
  }

  @Override
  public String toString() {
    return "Offer[" + ids.size() + " ids]";
  }
}
