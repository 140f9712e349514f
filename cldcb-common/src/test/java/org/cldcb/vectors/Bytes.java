package org.cldcb.vectors;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.cldcb.codec.ByteWriter;

/** Damage to bytes. */
final class Bytes {
  private Bytes() {}

  static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex);
  }

  static byte[] flipped(byte[] bytes, int offset) {
    byte[] changed = bytes.clone();
    changed[offset < 0 ? bytes.length + offset : offset] ^= 1;
    return changed;
  }

  static byte[] put(byte[] bytes, int offset, byte... value) {
    byte[] changed = bytes.clone();
    System.arraycopy(value, 0, changed, offset, value.length);
    return changed;
  }

  static byte[] resized(byte[] bytes, int more) {
    return Arrays.copyOf(bytes, bytes.length + more);
  }

  static byte[] joined(List<byte[]> parts) {
    ByteWriter out = new ByteWriter();
    parts.forEach(out::bytes);
    return out.toBytes();
  }
}
