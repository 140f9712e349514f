package org.cldcb.wire;

import org.cldcb.codec.ByteReader;
import org.cldcb.codec.FormatException;

/**
 * What the server says of a backup along with its answers: docs/PROTOCOL.md §3.
 *
 * @param usableBase a complete base is there; without one nothing is appended
 * @param baseWanted the records outweigh the base
 * @param nearlyFull over 80 % of the quota or of the disk is used
 */
public record Flags(boolean usableBase, boolean baseWanted, boolean nearlyFull) {

  int bits() {
    return (usableBase ? 1 : 0) | (baseWanted ? 2 : 0) | (nearlyFull ? 4 : 0);
  }

  static Flags read(ByteReader in) throws FormatException {
    int bits = in.u8(7, "flags");
    return new Flags((bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0);
  }
}
