package org.cldcb.format;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import org.cldcb.chain.Position;
import org.cldcb.codec.Hash;
import org.cldcb.crypto.NodeKey;
import org.cldcb.io.Spool;

/** Seals and opens for tests, whole envelopes at a time. */
final class Envelopes {
  static final Position POSITION = new Position(3, 42, 1042, Hash.of(ExampleKeys.bytes(0xaa)));
  static final Place RECORD = new Place.OfRecord(POSITION);

  private Envelopes() {}

  static byte[] plaintext(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  /** The parts of an envelope in the run of the example keys. */
  static List<byte[]> seal(Place place, byte[] plaintext) throws IOException {
    try (SealingRun run = ExampleKeys.run()) {
      return seal(run, place, plaintext);
    }
  }

  static List<byte[]> seal(SealingRun run, Place place, byte[] plaintext) throws IOException {
    return all(run.seal(place, Spool.of(plaintext)));
  }

  static List<byte[]> all(EnvelopeParts envelope) throws IOException {
    List<byte[]> parts = new ArrayList<>();
    while (envelope.hasNext()) {
      parts.add(envelope.next());
    }
    return parts;
  }

  static EnvelopeOpener opener() {
    return opener(ExampleKeys.nodeKey(ExampleKeys.NODE));
  }

  static EnvelopeOpener opener(NodeKey node) {
    return new EnvelopeOpener(node, ExampleKeys.IDENTITY);
  }

  /** Opens with the example node's key. */
  static byte[] open(Place place, List<byte[]> parts) throws IOException {
    try (EnvelopeOpener opener = opener()) {
      return open(opener, place, parts).readAllBytes();
    }
  }

  static EnvelopeInputStream open(EnvelopeOpener opener, Place place, List<byte[]> parts)
      throws IOException {
    Iterator<byte[]> rest = parts.subList(1, parts.size()).iterator();
    return opener.open(
        place,
        parts.get(0),
        () -> {
          if (!rest.hasNext()) {
            throw new IOException("no further part");
          }
          return rest.next();
        });
  }

  static List<byte[]> flip(List<byte[]> parts, int part, int bit) {
    List<byte[]> changed = new ArrayList<>(parts);
    byte[] bytes = parts.get(part).clone();
    bytes[bit / 8] ^= (byte) (1 << bit % 8);
    changed.set(part, bytes);
    return changed;
  }

  /** Cuts the envelope into its segments, without the header. */
  static List<byte[]> segments(List<byte[]> parts) {
    List<byte[]> segments = new ArrayList<>(parts);
    byte[] first = parts.get(0);
    segments.set(0, Arrays.copyOfRange(first, EnvelopeHeader.SIZE, first.length));
    return segments;
  }

  /** Puts segments behind the header of an envelope. */
  static List<byte[]> withSegments(List<byte[]> parts, List<byte[]> segments) {
    byte[] first = Arrays.copyOf(parts.get(0), EnvelopeHeader.SIZE + segments.get(0).length);
    System.arraycopy(segments.get(0), 0, first, EnvelopeHeader.SIZE, segments.get(0).length);
    List<byte[]> whole = new ArrayList<>(segments);
    whole.set(0, first);
    return whole;
  }
}
