package org.cldcb.server.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.cldcb.chain.ChainDigest;
import org.cldcb.chain.Position;
import org.cldcb.codec.ByteWriter;
import org.cldcb.codec.Hash;
import org.cldcb.crypto.Digests;
import org.cldcb.io.Spool;

/** Makes envelopes whose structure and digests are right, and whose content is anything. */
final class Envelopes {
  private static final int TAG_BYTES = 8;
  private static final byte[] DELTA = bytes("delta");

  private Envelopes() {}

  /** A hash that stands for a word. */
  static Hash hash(String word) {
    return Hash.of(Digests.sha256(bytes(word)));
  }

  static Envelope record(Position position, String content) {
    return whole(ChainDigest.ofRecord(position), bytes(content));
  }

  static Envelope chunk(Hash id, String content) {
    return whole(ChainDigest.ofChunk(id), bytes(content));
  }

  /** A manifest that names its chunks in clear, so that {@link WholeChain} can look for them. */
  static Envelope manifest(Position position, String content, List<Hash> chunks) {
    ByteWriter out = new ByteWriter(TAG_BYTES + chunks.size() * Hash.SIZE);
    out.bytes(Arrays.copyOf(hash(content).bytes(), TAG_BYTES));
    chunks.forEach(out::hash);
    return whole(ChainDigest.ofManifest(position), out.toBytes());
  }

  /** A manifest of a delta, that names its parent in clear. */
  static Envelope delta(Position position, String content, Hash parent) {
    ByteWriter out = new ByteWriter();
    out.bytes(Arrays.copyOf(hash(content).bytes(), TAG_BYTES));
    return whole(ChainDigest.ofManifest(position), out.bytes(DELTA).hash(parent).toBytes());
  }

  /** The parent that a manifest made here names, if it does. */
  static Optional<Hash> parentOf(byte[] manifest) {
    int from = TAG_BYTES + DELTA.length;
    return manifest.length == from + Hash.SIZE
        ? Optional.of(Hash.of(Arrays.copyOfRange(manifest, from, manifest.length)))
        : Optional.empty();
  }

  /** The chunks that a manifest made here names. */
  static List<Hash> chunksOf(byte[] manifest) {
    return IntStream.range(0, (manifest.length - TAG_BYTES) / Hash.SIZE)
        .map(n -> TAG_BYTES + n * Hash.SIZE)
        .mapToObj(from -> Hash.of(Arrays.copyOfRange(manifest, from, from + Hash.SIZE)))
        .toList();
  }

  /** An envelope of one part. */
  static Envelope whole(ChainDigest digest, byte[] first) {
    return new Envelope(first, null, first.length, digest.update(first).finish());
  }

  /** An envelope of several segments, of which all but the first are in a file. */
  static Envelope segmented(ChainDigest digest, byte[] first, List<byte[]> segments, Path dir) {
    digest.update(first);
    Spool rest = new Spool(dir, 100);
    segments.forEach(segment -> write(rest, segment));
    segments.forEach(digest::update);
    return new Envelope(first, rest, first.length + rest.size(), digest.finish());
  }

  /** A segment as it is sent: length field, and so many bytes that depend on the seed. */
  static byte[] segment(int seed, int length, boolean last) {
    byte[] body = new byte[length];
    new Random(seed).nextBytes(body);
    long field = (last ? 1L << 31 : 0) | length;
    return new ByteWriter(4 + length).u32(field).bytes(body).toBytes();
  }

  /** An envelope that can't be read back: the store fails on it. */
  static Envelope broken(ChainDigest digest, Path dir) {
    Envelope envelope = segmented(digest, bytes("first"), List.of(segment(1, 200, true)), dir);
    try {
      envelope.rest().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return envelope;
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void write(Spool spool, byte[] bytes) {
    try {
      spool.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
