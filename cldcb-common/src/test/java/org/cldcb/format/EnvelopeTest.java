package org.cldcb.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.cldcb.chain.ChainDigest;
import org.cldcb.chain.Network;
import org.cldcb.chain.Position;
import org.cldcb.codec.Hash;
import org.cldcb.crypto.PrivateKey;
import org.cldcb.io.Spool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvelopeTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "2, 1",
    "32767, 1",
    "32768, 1",
    "32769, 2",
    "65536, 2",
    "65537, 3",
    "200000, 7"
  })
  void whatIsSealedOpensToTheSame(int length, int segments) throws IOException {
    byte[] plaintext = Envelopes.plaintext(length);
    List<byte[]> parts = Envelopes.seal(Envelopes.RECORD, plaintext);
    assertThat(parts).hasSize(segments);
    assertThat(Envelopes.open(Envelopes.RECORD, parts)).isEqualTo(plaintext);
  }

  @Test
  void isExactlyAsLongAsItsLayoutSays() throws IOException {
    assertThat(Envelopes.seal(Envelopes.RECORD, new byte[1]).get(0)).hasSize(67 + 4 + 12 + 1 + 16);
    List<byte[]> parts = Envelopes.seal(Envelopes.RECORD, new byte[32_769]);
    assertThat(parts.get(0)).hasSize(67 + Segment.MAX_SIZE);
    assertThat(parts.get(1)).hasSize(33);
  }

  @Test
  void nothingCanNotBeSealed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Envelopes.seal(Envelopes.RECORD, new byte[0]));
  }

  @Test
  void isSealedFromDiskAsFromMemory() throws IOException {
    byte[] plaintext = Envelopes.plaintext(100_000);
    try (Spool spool = new Spool(folder, 10);
        SealingRun run = ExampleKeys.run()) {
      spool.write(plaintext);
      assertThat(hex(Envelopes.all(run.seal(Envelopes.RECORD, spool))))
          .isEqualTo(hex(Envelopes.seal(Envelopes.RECORD, plaintext)));
    }
  }

  @Test
  void aRetryIsIdentical() throws IOException {
    byte[] plaintext = Envelopes.plaintext(70_000);
    try (SealingRun run = ExampleKeys.run()) {
      assertThat(hex(Envelopes.seal(run, Envelopes.RECORD, plaintext)))
          .isEqualTo(hex(Envelopes.seal(run, Envelopes.RECORD, plaintext)))
          .isEqualTo(hex(Envelopes.seal(Envelopes.RECORD, plaintext)));
    }
  }

  /** A nonce that came twice with different content would give both contents away. */
  @Test
  void neverUsesANonceTwiceForDifferentContent() throws IOException {
    byte[] plaintext = new byte[3 * Segment.PLAINTEXT];
    byte[] other = plaintext.clone();
    other[other.length - 1] = 1;
    List<String> nonces = new ArrayList<>();
    for (Place place : otherPlaces()) {
      Envelopes.segments(Envelopes.seal(place, plaintext)).forEach(s -> nonces.add(nonce(s)));
    }
    Envelopes.segments(Envelopes.seal(Envelopes.RECORD, plaintext))
        .forEach(segment -> nonces.add(nonce(segment)));
    nonces.add(nonce(Envelopes.seal(Envelopes.RECORD, other).get(2)));
    assertThat(nonces).doesNotHaveDuplicates();
  }

  @Test
  void theSameInAnotherRunIsDifferentThroughout() throws IOException {
    byte[] plaintext = Envelopes.plaintext(100);
    try (SealingRun other =
        SealingRun.start(ExampleKeys.IDENTITY, ExampleKeys.DELEGATE, ExampleKeys.key(0x77))) {
      byte[] mine = Envelopes.seal(Envelopes.RECORD, plaintext).get(0);
      byte[] theirs = Envelopes.seal(other, Envelopes.RECORD, plaintext).get(0);
      assertThat(nonce(tail(theirs))).isNotEqualTo(nonce(tail(mine)));
      assertThat(theirs).isNotEqualTo(mine);
    }
  }

  @Test
  void opensAtNoOtherPlace() throws IOException {
    List<byte[]> parts = Envelopes.seal(Envelopes.RECORD, Envelopes.plaintext(40_000));
    for (Place other : otherPlaces()) {
      assertThatThrownBy(() -> Envelopes.open(other, parts)).isInstanceOf(EnvelopeException.class);
    }
  }

  @Test
  void opensUnderNoOtherChunkId() throws IOException {
    Place place = new Place.OfChunk(Hash.of(ExampleKeys.bytes(0xaa)));
    List<byte[]> parts = Envelopes.seal(place, new byte[10]);
    assertThat(Envelopes.open(place, parts)).hasSize(10);
    Place other = new Place.OfChunk(Hash.of(ExampleKeys.bytes(0xab)));
    assertThatThrownBy(() -> Envelopes.open(other, parts)).isInstanceOf(EnvelopeException.class);
  }

  @Test
  void opensOnNoOtherNetworkAndForNoOtherNode() throws IOException {
    List<byte[]> parts = Envelopes.seal(Envelopes.RECORD, new byte[10]);
    PrivateKey otherNode = ExampleKeys.key(0x12);
    Identity bitcoin = new Identity(new Network("bitcoin"), ExampleKeys.NODE.publicKey());
    Identity other = new Identity(new Network("regtest"), otherNode.publicKey());
    assertDoesNotOpen(ExampleKeys.NODE, bitcoin, parts);
    assertDoesNotOpen(ExampleKeys.NODE, other, parts);
    assertDoesNotOpen(otherNode, ExampleKeys.IDENTITY, parts);
    assertDoesNotOpen(otherNode, other, parts);
  }

  @Test
  void whatWasSealedForAnotherNetworkDoesNotOpen() throws IOException {
    Identity bitcoin = new Identity(new Network("bitcoin"), ExampleKeys.NODE.publicKey());
    try (SealingRun run = SealingRun.start(bitcoin, ExampleKeys.DELEGATE, ExampleKeys.key(0x33))) {
      List<byte[]> parts = Envelopes.seal(run, Envelopes.RECORD, new byte[10]);
      assertThatThrownBy(() -> Envelopes.open(Envelopes.RECORD, parts))
          .isInstanceOf(EnvelopeException.class);
    }
  }

  @Test
  void bothSidesGiveTheDigestOfAllBytesAndGiveItAgain() throws IOException {
    try (SealingRun run = ExampleKeys.run();
        EnvelopeOpener opener = Envelopes.opener()) {
      EnvelopeParts sealing = run.seal(Envelopes.RECORD, Spool.of(new byte[70_000]));
      assertThatThrownBy(sealing::digest).isInstanceOf(IllegalStateException.class);
      List<byte[]> parts = Envelopes.all(sealing);
      ByteArrayOutputStream envelope = new ByteArrayOutputStream();
      parts.forEach(envelope::writeBytes);
      Hash digest =
          ChainDigest.ofRecord(Envelopes.POSITION).update(envelope.toByteArray()).finish();

      EnvelopeInputStream in = Envelopes.open(opener, Envelopes.RECORD, parts);
      assertThatThrownBy(in::digest).isInstanceOf(IllegalStateException.class);
      in.readAllBytes();
      assertThat(in.digest()).isEqualTo(digest).isEqualTo(in.digest());
      assertThat(sealing.digest()).isEqualTo(digest).isEqualTo(sealing.digest());
    }
  }

  @Test
  void thereIsNoPartAfterTheLast() throws IOException {
    try (SealingRun run = ExampleKeys.run()) {
      EnvelopeParts sealing = run.seal(Envelopes.RECORD, Spool.of(new byte[10]));
      sealing.next();
      assertThatThrownBy(sealing::next).isInstanceOf(RuntimeException.class);
      assertThat(sealing.digest()).isNotNull();
    }
  }

  @Test
  void readsByteByByteAsItReadsInPieces() throws IOException {
    byte[] plaintext = Envelopes.plaintext(40_000);
    try (EnvelopeOpener opener = Envelopes.opener()) {
      EnvelopeInputStream in =
          Envelopes.open(opener, Envelopes.RECORD, Envelopes.seal(Envelopes.RECORD, plaintext));
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      for (int octet = in.read(); octet >= 0; octet = in.read()) {
        out.write(octet);
      }
      assertThat(out.toByteArray()).isEqualTo(plaintext);
      assertThat(in.read(new byte[10], 0, 10)).isEqualTo(-1);
      assertThat(in.read(new byte[10], 0, 0)).isZero();
    }
  }

  private static List<Place> otherPlaces() {
    Position p = Envelopes.POSITION;
    Hash prev = Hash.of(ExampleKeys.bytes(0xab));
    return List.of(
        new Place.OfRecord(new Position(p.generation() + 1, p.seq(), p.dataVersion(), p.prev())),
        new Place.OfRecord(new Position(p.generation(), p.seq() + 1, p.dataVersion(), p.prev())),
        new Place.OfRecord(new Position(p.generation(), p.seq(), p.dataVersion() + 1, p.prev())),
        new Place.OfRecord(new Position(p.generation(), p.seq(), p.dataVersion(), prev)),
        new Place.OfManifest(p),
        new Place.OfChunk(p.prev()));
  }

  private static void assertDoesNotOpen(PrivateKey node, Identity identity, List<byte[]> parts) {
    try (EnvelopeOpener opener = new EnvelopeOpener(ExampleKeys.nodeKey(node), identity)) {
      assertThatThrownBy(() -> Envelopes.open(opener, Envelopes.RECORD, parts))
          .isInstanceOf(EnvelopeException.class);
    }
  }

  private static byte[] tail(byte[] first) {
    return Envelopes.segments(List.of(first)).get(0);
  }

  private static List<String> hex(List<byte[]> parts) {
    return parts.stream().map(java.util.HexFormat.of()::formatHex).toList();
  }

  private static String nonce(byte[] segment) {
    return java.util.HexFormat.of().formatHex(segment, 4, 16);
  }
}
