package org.cldcb.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.cldcb.chain.ChainDigest;
import org.cldcb.chain.Network;
import org.cldcb.chain.Position;
import org.cldcb.codec.ByteReader;
import org.cldcb.codec.ByteWriter;
import org.cldcb.codec.FormatException;
import org.cldcb.codec.Hash;
import org.cldcb.format.EnvelopeHeader;
import org.cldcb.format.EnvelopeInputStream;
import org.cldcb.format.EnvelopeOpener;
import org.cldcb.format.FirstPart;
import org.cldcb.format.Identity;
import org.cldcb.format.Place;
import org.cldcb.format.Segment;

/**
 * An envelope at the place of the record in docs/FORMAT.md: its parts, a u16 length before each.
 */
final class Envelopes {
  private static final int VERSION = 1;
  private static final long LAST = 1L << 31;
  private static final Identity IDENTITY =
      new Identity(new Network("regtest"), Keys.NODE.publicKey());
  private static final Place PLACE = new Place.OfRecord(new Position(1, 2, 7, chainStart()));

  private Envelopes() {}

  static void open(byte[] input) throws IOException {
    ByteReader in = new ByteReader(input);
    byte[] first = in.bytes(in.u16());
    FirstPart read = FirstPart.parse(first);
    Same.bytes(first, bytes(read.header(), read.segment()));
    try (EnvelopeOpener opener = new EnvelopeOpener(Keys.nodeKey(), IDENTITY);
        EnvelopeInputStream plaintext = opener.open(PLACE, first, () -> next(in))) {
      plaintext.transferTo(new ByteArrayOutputStream());
      plaintext.digest();
    }
  }

  private static byte[] next(ByteReader in) throws FormatException {
    byte[] part = in.bytes(in.u16());
    Same.bytes(part, bytes(Segment.parse(part)));
    return part;
  }

  private static byte[] bytes(EnvelopeHeader header, Segment segment) {
    return new ByteWriter()
        .u8(VERSION)
        .bytes(header.ephemeral().bytes())
        .bytes(header.delegate().bytes())
        .bytes(bytes(segment))
        .toBytes();
  }

  private static byte[] bytes(Segment segment) {
    int length = segment.nonce().length + segment.ciphertext().length;
    return new ByteWriter()
        .u32((segment.last() ? LAST : 0) | length)
        .bytes(segment.nonce())
        .bytes(segment.ciphertext())
        .toBytes();
  }

  private static Hash chainStart() {
    byte[] chainId = new byte[Hash.SIZE];
    Arrays.fill(chainId, (byte) 0x66);
    return ChainDigest.chainStart(Hash.of(chainId));
  }
}
