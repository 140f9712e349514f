package org.cldcb.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.cldcb.codec.ByteReader;
import org.cldcb.codec.ByteWriter;
import org.cldcb.codec.FormatException;
import org.cldcb.codec.Hash;
import org.cldcb.format.ExampleKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChainDigestTest {
  private static final Hash PREV = Hash.of(ExampleKeys.bytes(0xab));
  private static final Position POSITION = new Position(1, 2, 0x0102030405060708L, PREV);
  private static final String PLACE =
      "0000000000000001" + "0000000000000002" + "0102030405060708" + "ab".repeat(32);
  private static final byte[] ENVELOPE = "header and segments".getBytes(StandardCharsets.US_ASCII);

  @Test
  void isThatOfTagPlaceAndEnvelope() throws NoSuchAlgorithmException {
    assertThat(ChainDigest.ofRecord(POSITION).update(ENVELOPE).finish())
        .isEqualTo(sha256("cldcb record", PLACE, ENVELOPE));
    assertThat(ChainDigest.ofManifest(POSITION).update(ENVELOPE).finish())
        .isEqualTo(sha256("cldcb manifest", PLACE, ENVELOPE));
    assertThat(ChainDigest.ofChunk(PREV).update(ENVELOPE).finish())
        .isEqualTo(sha256("cldcb chunk", PREV.hex(), ENVELOPE));
    assertThat(ChainDigest.chainStart(PREV))
        .isEqualTo(sha256("cldcb chain", PREV.hex(), new byte[0]));
  }

  @Test
  void isTheSameHoweverTheEnvelopeIsCut() throws NoSuchAlgorithmException {
    Hash whole = ChainDigest.ofRecord(POSITION).update(ENVELOPE).finish();
    for (int cut = 0; cut <= ENVELOPE.length; cut++) {
      assertThat(
              ChainDigest.ofRecord(POSITION)
                  .update(Arrays.copyOf(ENVELOPE, cut))
                  .update(Arrays.copyOfRange(ENVELOPE, cut, ENVELOPE.length))
                  .finish())
          .isEqualTo(whole);
    }
  }

  @Test
  void headAndPositionAreLaidOutAlikeAndReadBack() throws FormatException {
    ByteWriter out = new ByteWriter();
    POSITION.write(out);
    assertThat(HexFormat.of().formatHex(out.toBytes())).isEqualTo(PLACE);
    assertThat(Position.read(new ByteReader(out.toBytes()))).isEqualTo(POSITION);
    assertThat(Head.read(new ByteReader(out.toBytes()))).isEqualTo(POSITION.asHead());
  }

  @Test
  void theNextPositionStandsOnTheHead() {
    Head head = new Head(3, 41, 1041, PREV);
    assertThat(head.next(1042)).isEqualTo(new Position(3, 42, 1042, PREV));
    assertThat(head.next(1042).headWith(Hash.ZERO)).isEqualTo(new Head(3, 42, 1042, Hash.ZERO));
  }

  @Test
  void theSameRecordMayStandOnAnotherBase() {
    Head head = new Head(3, 41, 1041, PREV);
    assertThat(head.sameRecord(new Head(4, 41, 1041, PREV))).isTrue();
    assertThat(head.sameRecord(new Head(3, 42, 1041, PREV))).isFalse();
    assertThat(head.sameRecord(new Head(3, 41, 1042, PREV))).isFalse();
    assertThat(head.sameRecord(new Head(3, 41, 1041, Hash.ZERO))).isFalse();
    assertThat(Head.EMPTY.isEmpty()).isTrue();
    assertThat(head.isEmpty()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"bitcoin", "testnet4", "a", "a-b", "0123456789abcdef"})
  void networksReadBack(String name) throws FormatException {
    ByteWriter out = new ByteWriter();
    new Network(name).write(out);
    assertThat(Network.read(new ByteReader(out.toBytes()))).hasToString(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0123456789abcdefg", "Bitcoin", "bit coin", "a\n", "ä", "a_b", "\0"})
  void whatIsNoNetworkIsRefused(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Network(name));
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    byte[] written = new ByteWriter().u8(bytes.length).bytes(bytes).toBytes();
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> Network.read(new ByteReader(written)))
        .isInstanceOf(FormatException.class);
  }

  private static Hash sha256(String tag, String hex, byte[] envelope)
      throws NoSuchAlgorithmException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(tag.getBytes(StandardCharsets.US_ASCII));
    all.writeBytes(HexFormat.of().parseHex(hex));
    all.writeBytes(envelope);
    return Hash.of(MessageDigest.getInstance("SHA-256").digest(all.toByteArray()));
  }
}
