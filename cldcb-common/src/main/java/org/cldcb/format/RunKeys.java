package org.cldcb.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.cldcb.chain.Network;
import org.cldcb.codec.ByteWriter;
import org.cldcb.crypto.Aead;
import org.cldcb.crypto.AuthenticationException;
import org.cldcb.crypto.Digests;
import org.cldcb.crypto.Hkdf;
import org.cldcb.crypto.Secrets;

/** The symmetric keys of a run, and what a segment is sealed with (docs/FORMAT.md §3). */
final class RunKeys implements AutoCloseable {
  private final byte[] header;
  private final Identity identity;
  private final byte[] nonceKey;
  private final Aead aead;

  /** Derives the keys; wipes both secrets. */
  RunKeys(EnvelopeHeader header, Identity identity, byte[] ephemeralShare, byte[] delegateShare) {
    this.header = header.bytes();
    this.identity = identity;
    byte[] okm = derive(header, identity, ephemeralShare, delegateShare);
    byte[] key = Arrays.copyOf(okm, 32);
    nonceKey = Arrays.copyOfRange(okm, 32, 64);
    aead = new Aead(key);
    Secrets.wipe(okm, key, ephemeralShare, delegateShare);
  }

  byte[] header() {
    return header;
  }

  Segment seal(Place place, int index, boolean last, byte[] plaintext) {
    byte[] context = context(place, index, last);
    byte[] contextLength = new ByteWriter(4).u32(context.length).toBytes();
    byte[] mac = Digests.hmacSha256(nonceKey, contextLength, context, plaintext);
    byte[] nonce = Arrays.copyOf(mac, Segment.NONCE);
    return new Segment(last, nonce, aead.seal(nonce, context, plaintext));
  }

  byte[] open(Place place, int index, Segment segment) throws AuthenticationException {
    byte[] context = context(place, index, segment.last());
    return aead.open(segment.nonce(), context, segment.ciphertext());
  }

  @Override
  public void close() {
    Secrets.wipe(nonceKey);
    aead.close();
  }

  private byte[] context(Place place, int index, boolean last) {
    ByteWriter out = new ByteWriter().bytes(header);
    Network network = identity.network();
    network.write(out);
    out.bytes(identity.nodeId().bytes()).u8(place.kind());
    place.write(out);
    return out.u32(index).u8(last ? 1 : 0).toBytes();
  }

  /** Key and nonce key, 32 bytes each. */
  static byte[] derive(
      EnvelopeHeader header, Identity identity, byte[] ephemeralShare, byte[] delegateShare) {
    byte[] ikm = new ByteWriter(64).bytes(ephemeralShare).bytes(delegateShare).toBytes();
    try {
      return Hkdf.derive(new byte[32], ikm, info(header, identity), 64);
    } finally {
      Secrets.wipe(ikm);
    }
  }

  private static byte[] info(EnvelopeHeader header, Identity identity) {
    return new ByteWriter()
        .bytes("cldcb envelope".getBytes(StandardCharsets.US_ASCII))
        .bytes(header.bytes())
        .bytes(identity.nodeId().bytes())
        .toBytes();
  }
}
