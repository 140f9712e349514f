package org.cldcb.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.cldcb.codec.ByteWriter;
import org.cldcb.codec.FormatException;
import org.cldcb.crypto.PrivateKey;
import org.cldcb.crypto.PublicKey;
import org.junit.jupiter.api.Test;

/** What must not open, and must not have given out a byte that wasn't sealed there. */
class EnvelopeRefusalTest {
  private static final byte[] PLAINTEXT = Envelopes.plaintext(3 * Segment.PLAINTEXT + 5);

  @Test
  void everyFlippedBitOfASmallEnvelopeIsRefused() throws IOException {
    List<byte[]> parts = Envelopes.seal(Envelopes.RECORD, new byte[] {7});
    for (int bit = 0; bit < 8 * parts.get(0).length; bit++) {
      assertRefused(Envelopes.flip(parts, 0, bit));
    }
  }

  @Test
  void flippedBitsOfEverySegmentAreRefusedAfterWhatWasSoundBefore() throws IOException {
    List<byte[]> parts = Envelopes.seal(Envelopes.RECORD, PLAINTEXT);
    Random random = new Random(1);
    for (int part = 0; part < parts.size(); part++) {
      int start = part == 0 ? EnvelopeHeader.SIZE : 0;
      List<Integer> bits = new ArrayList<>();
      for (int bit = 0; bit < 16 * 8; bit++) {
        bits.add(start * 8 + bit);
      }
      random.ints(50, start * 8, 8 * parts.get(part).length).forEach(bits::add);
      for (int bit : bits) {
        assertRefusedAfter(part, Envelopes.flip(parts, part, bit));
      }
    }
  }

  @Test
  void swappedDroppedRepeatedAndForeignSegmentsAreRefused() throws IOException {
    List<byte[]> parts = Envelopes.seal(Envelopes.RECORD, PLAINTEXT);
    List<byte[]> segments = Envelopes.segments(parts);
    for (int i = 0; i < segments.size() - 1; i++) {
      List<byte[]> swapped = new ArrayList<>(segments);
      Collections.swap(swapped, i, i + 1);
      assertRefusedAfter(i, Envelopes.withSegments(parts, swapped));

      List<byte[]> dropped = new ArrayList<>(segments);
      dropped.remove(i);
      assertRefusedAfter(i, Envelopes.withSegments(parts, dropped));

      List<byte[]> repeated = new ArrayList<>(segments);
      repeated.add(i, segments.get(i));
      assertRefusedAfter(i + 1, Envelopes.withSegments(parts, repeated));
    }
    byte[] other = Envelopes.plaintext(PLAINTEXT.length);
    other[0] ^= 1;
    List<byte[]> foreign = new ArrayList<>(segments);
    foreign.set(0, Envelopes.segments(Envelopes.seal(otherPlace(), other)).get(0));
    assertRefusedAfter(0, Envelopes.withSegments(parts, foreign));
  }

  @Test
  void aMissingTailIsRefusedWhereverItBegins() throws IOException {
    List<byte[]> parts = Envelopes.seal(Envelopes.RECORD, PLAINTEXT);
    for (int kept = 1; kept < parts.size(); kept++) {
      assertRefusedAfter(kept, parts.subList(0, kept));
    }
  }

  /** Cutting the tail and calling what is left the end: the flag is part of what is sealed. */
  @Test
  void aFlippedLastFlagIsRefusedInEverySegment() throws IOException {
    List<byte[]> parts = Envelopes.seal(Envelopes.RECORD, PLAINTEXT);
    for (int part = 0; part < parts.size() - 1; part++) {
      int bit = 8 * (part == 0 ? EnvelopeHeader.SIZE : 0) + 7;
      assertRefusedAfter(part, Envelopes.flip(parts, part, bit).subList(0, part + 1));
    }
    List<byte[]> full = Envelopes.seal(Envelopes.RECORD, new byte[Segment.PLAINTEXT]);
    List<byte[]> unended = new ArrayList<>(Envelopes.flip(full, 0, 8 * EnvelopeHeader.SIZE + 7));
    assertRefusedAfter(0, unended);
    unended.add(parts.get(1));
    assertRefusedAfter(0, unended);
  }

  @Test
  void nothingBehindTheLastSegmentIsEverAskedFor() throws IOException {
    List<byte[]> parts = new ArrayList<>(Envelopes.seal(Envelopes.RECORD, PLAINTEXT));
    parts.add(parts.get(1));
    assertThat(Envelopes.open(Envelopes.RECORD, parts)).isEqualTo(PLAINTEXT);
  }

  @Test
  void everyTruncationOfAPartIsRefused() throws IOException {
    List<byte[]> parts = Envelopes.seal(Envelopes.RECORD, new byte[50]);
    for (int length = 0; length < parts.get(0).length; length++) {
      byte[] shorter = Arrays.copyOf(parts.get(0), length);
      assertThatThrownBy(() -> Envelopes.open(Envelopes.RECORD, List.of(shorter)))
          .isInstanceOf(FormatException.class);
      assertThatThrownBy(() -> FirstPart.parse(shorter)).isInstanceOf(FormatException.class);
    }
  }

  @Test
  void aPartWithBytesLeftOverIsRefused() throws IOException {
    List<byte[]> parts = Envelopes.seal(Envelopes.RECORD, new byte[Segment.PLAINTEXT + 9]);
    for (int part = 0; part < 2; part++) {
      List<byte[]> longer = new ArrayList<>(parts);
      longer.set(part, Arrays.copyOf(parts.get(part), parts.get(part).length + 1));
      assertRefusedAfter(part, longer);
    }
  }

  @Test
  void segmentsOfAnImpossibleLengthAreRefused() {
    for (long field :
        new long[] {
          0,
          27,
          28,
          29,
          0x7fffffffL,
          0xffffffffL,
          0x80000000L,
          0x8000001cL,
          32_795,
          32_797,
          0x80000000L | 32_797
        }) {
      byte[] segment = new ByteWriter().u32(field).bytes(new byte[40_000]).toBytes();
      assertThatThrownBy(() -> Segment.parse(segment)).isInstanceOf(FormatException.class);
    }
  }

  @Test
  void anotherFormatVersionIsRefusedByItsNumber() throws IOException {
    List<byte[]> parts = Envelopes.seal(Envelopes.RECORD, new byte[1]);
    parts.get(0)[0] = 2;
    assertThatThrownBy(() -> Envelopes.open(Envelopes.RECORD, parts))
        .isInstanceOf(FormatException.class)
        .hasMessage("envelope of format version 2; this cldcb reads version 1");
  }

  @Test
  void aHeaderWhoseKeysAreNoPointsIsRefused() throws IOException {
    for (int at : new int[] {1, 34}) {
      byte[] first = Envelopes.seal(Envelopes.RECORD, new byte[1]).get(0);
      Arrays.fill(first, at, at + 33, (byte) 0xff);
      assertThatThrownBy(() -> FirstPart.parse(first)).isInstanceOf(FormatException.class);
      Arrays.fill(first, at, at + 33, (byte) 0);
      assertThatThrownBy(() -> FirstPart.parse(first)).isInstanceOf(FormatException.class);
    }
  }

  /** A reader that goes on after an exception must not get what lies behind the bad segment. */
  @Test
  void afterARefusalNothingMoreIsGivenOut() throws IOException {
    List<byte[]> sound = Envelopes.seal(Envelopes.RECORD, PLAINTEXT);
    for (List<byte[]> parts :
        List.of(
            Envelopes.flip(sound, 1, 999),
            Envelopes.flip(sound, 1, 7),
            inserted(sound, 1, new byte[33]))) {
      try (EnvelopeOpener opener = Envelopes.opener()) {
        EnvelopeInputStream in = Envelopes.open(opener, Envelopes.RECORD, parts);
        assertThat(in.readNBytes(Segment.PLAINTEXT)).hasSize(Segment.PLAINTEXT);
        for (int i = 0; i < 5; i++) {
          assertThatThrownBy(in::read).isInstanceOf(IOException.class);
        }
        assertThatThrownBy(in::digest).isInstanceOf(IOException.class);
      }
    }
  }

  /** What a server could try, which knows N and D and all that the delegate ever sealed. */
  @Test
  void nobodySealsInTheDelegatesNameWithoutItsSecret() throws IOException {
    PrivateKey mine = ExampleKeys.key(0x77);
    PublicKey node = ExampleKeys.NODE.publicKey();
    PublicKey delegate = ExampleKeys.DELEGATE.publicKey();
    byte[] known = mine.ecdh(node);
    EnvelopeHeader header = new EnvelopeHeader(mine.publicKey(), delegate);
    for (byte[] guess :
        List.of(known, new byte[32], mine.ecdh(delegate), mine.ecdh(mine.publicKey()))) {
      assertForgeryRefused(header, known, guess);
    }
    // The delegate's own key as the ephemeral one: then both shares are the one nobody knows.
    assertForgeryRefused(new EnvelopeHeader(delegate, delegate), known, known);
    assertForgeryRefused(new EnvelopeHeader(node, delegate), known, known);
  }

  @Test
  void anotherDelegatesEnvelopeNamesThatDelegate() throws IOException {
    PrivateKey other = ExampleKeys.key(0x23);
    try (SealingRun run = SealingRun.start(ExampleKeys.IDENTITY, other, ExampleKeys.EPHEMERAL);
        EnvelopeOpener opener = Envelopes.opener()) {
      List<byte[]> parts = Envelopes.seal(run, Envelopes.RECORD, new byte[10]);
      assertThat(opener.parse(parts.get(0)).header().delegate()).isEqualTo(other.publicKey());
      assertThat(Envelopes.open(opener, Envelopes.RECORD, parts).delegate())
          .isEqualTo(other.publicKey());
      byte[] renamed = parts.get(0).clone();
      System.arraycopy(ExampleKeys.DELEGATE.publicKey().bytes(), 0, renamed, 34, 33);
      assertRefused(List.of(renamed));
    }
  }

  private static void assertForgeryRefused(
      EnvelopeHeader header, byte[] ephemeralShare, byte[] delegateShare) throws IOException {
    try (RunKeys keys =
        new RunKeys(header, ExampleKeys.IDENTITY, ephemeralShare.clone(), delegateShare.clone())) {
      byte[] first =
          new ByteWriter()
              .bytes(keys.header())
              .bytes(keys.seal(Envelopes.RECORD, 0, true, new byte[10]).bytes())
              .toBytes();
      assertRefused(List.of(first));
    }
  }

  private static List<byte[]> inserted(List<byte[]> parts, int at, byte[] part) {
    List<byte[]> changed = new ArrayList<>(parts);
    changed.add(at, part);
    return changed;
  }

  private static Place otherPlace() {
    return new Place.OfManifest(Envelopes.POSITION);
  }

  private static void assertRefused(List<byte[]> parts) {
    assertThatThrownBy(() -> Envelopes.open(Envelopes.RECORD, parts))
        .isInstanceOfAny(EnvelopeException.class, FormatException.class);
  }

  /** Refused, having given out exactly the segments before. */
  private static void assertRefusedAfter(int sound, List<byte[]> parts) {
    byte[] given = new byte[PLAINTEXT.length];
    int count = 0;
    try (EnvelopeOpener opener = Envelopes.opener();
        EnvelopeInputStream in = Envelopes.open(opener, Envelopes.RECORD, parts)) {
      for (int octet = in.read(); octet >= 0; octet = in.read()) {
        given[count++] = (byte) octet;
      }
      throw new AssertionError("it opened");
    } catch (IOException e) {
      assertThat(count).isEqualTo(sound * Segment.PLAINTEXT);
      if (count > 0 && parts.size() > 1) {
        assertThat(Arrays.copyOf(given, count)).isEqualTo(Arrays.copyOf(sealed(parts), count));
      }
    }
  }

  /** The plaintext that the tests here sealed at their length. */
  private static byte[] sealed(List<byte[]> parts) {
    return parts.get(1).length < Segment.MAX_SIZE && parts.size() == 2
        ? new byte[PLAINTEXT.length]
        : PLAINTEXT;
  }
}
