package org.cldcb.wire;

import java.util.ArrayList;
import java.util.List;
import org.cldcb.codec.ByteReader;
import org.cldcb.codec.ByteWriter;
import org.cldcb.codec.FormatException;
import org.cldcb.codec.Hash;

/** The shape that lists of hashes have on the wire: u16 count, then 32 bytes each. */
public final class HashList {
  /** Hashes in one message at most. */
  public static final int MAX = 1500;

  private HashList() {}

  static void write(List<Hash> hashes, ByteWriter out) {
    if (hashes.isEmpty() || hashes.size() > MAX) {
      throw new IllegalArgumentException("1 to " + MAX + " hashes, not " + hashes.size());
    }
    out.u16(hashes.size());
    hashes.forEach(out::hash);
  }

  static List<Hash> read(ByteReader in) throws FormatException {
    int count = in.u16();
    if (count == 0 || count > MAX) {
      throw new FormatException("1 to " + MAX + " hashes, not " + count);
    }
    List<Hash> hashes = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      hashes.add(in.hash());
    }
    return List.copyOf(hashes);
  }
}
