package org.cldcb.wire;

import java.util.List;
import org.cldcb.codec.ByteReader;
import org.cldcb.codec.ByteWriter;
import org.cldcb.codec.FormatException;
import org.cldcb.codec.Hash;

/**
 * Asks for chunks; they come in this order.
 *
 * @param ids 1 to {@link HashList#MAX} of them
 */
public record GetChunks(List<Hash> ids) implements Message {
  static final int TYPE = 44;

  @Override
  public int type() {
    return TYPE;
  }

  @Override
  public void write(ByteWriter out) {
    HashList.write(ids, out);
  }

  static GetChunks read(ByteReader in) throws FormatException {
    return new GetChunks(HashList.read(in));
  }

  @Override
  public String toString() {
    return "GetChunks[" + ids.size() + " ids]";
  }
}
