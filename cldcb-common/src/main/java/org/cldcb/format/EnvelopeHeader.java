package org.cldcb.format;

import org.cldcb.chain.Keys;
import org.cldcb.codec.ByteReader;
import org.cldcb.codec.ByteWriter;
import org.cldcb.codec.FormatException;
import org.cldcb.crypto.PublicKey;

/** The first 67 bytes of an envelope: whose run it was sealed in (docs/FORMAT.md §3.2). */
public record EnvelopeHeader(PublicKey ephemeral, PublicKey delegate) {
  /** Length in bytes. */
  public static final int SIZE = 67;

  static final int VERSION = 1;

  byte[] bytes() {
    return new ByteWriter(SIZE)
        .u8(VERSION)
        .bytes(ephemeral.bytes())
        .bytes(delegate.bytes())
        .toBytes();
  }

  static EnvelopeHeader read(ByteReader in) throws FormatException {
    int version = in.u8();
    if (version != VERSION) {
      throw new FormatException(
          "envelope of format version " + version + "; this cldcb reads version " + VERSION);
    }
    return new EnvelopeHeader(Keys.readPublic(in), Keys.readPublic(in));
  }
}
