package org.cldcb.chain;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.cldcb.codec.ByteWriter;
import org.cldcb.codec.Hash;
import org.cldcb.crypto.Digests;

/**
 * The digests of docs/FORMAT.md §4, fed with an envelope part by part. They need no key. Not
 * thread-safe.
 */
public final class ChainDigest {
  private final MessageDigest sha256;

  private ChainDigest(String tag, byte[] place) {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
    sha256.update(tag.getBytes(StandardCharsets.US_ASCII));
    sha256.update(place);
  }

  public static ChainDigest ofRecord(Position position) {
    return new ChainDigest("cldcb record", bytes(position));
  }

  public static ChainDigest ofManifest(Position position) {
    return new ChainDigest("cldcb manifest", bytes(position));
  }

  public static ChainDigest ofChunk(Hash chunkId) {
    return new ChainDigest("cldcb chunk", chunkId.bytes());
  }

  /** The digest that a chain with this random id starts from. */
  public static Hash chainStart(Hash chainId) {
    return Hash.of(
        Digests.sha256("cldcb chain".getBytes(StandardCharsets.US_ASCII), chainId.bytes()));
  }

  /** Takes the next bytes of the envelope. */
  public ChainDigest update(byte[] envelopeBytes) {
    sha256.update(envelopeBytes);
    return this;
  }

  /** The digest; this object is used up. */
  public Hash finish() {
    return Hash.of(sha256.digest());
  }

  private static byte[] bytes(Position position) {
    ByteWriter out = new ByteWriter(56);
    position.write(out);
    return out.toBytes();
  }
}
