package org.cldcb.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.cldcb.chain.Claim;
import org.cldcb.chain.Delegation;
import org.cldcb.chain.Head;
import org.cldcb.chain.Network;
import org.cldcb.chain.Position;
import org.cldcb.chain.StoredClaim;
import org.cldcb.codec.FormatException;
import org.cldcb.codec.Hash;
import org.cldcb.crypto.MessageSignature;
import org.cldcb.docs.DocExamples;
import org.cldcb.format.ExampleKeys;
import org.junit.jupiter.api.Test;

/** Every message is in docs/PROTOCOL.md as it is on the wire, and reads back strictly. */
class ProtocolExamplesTest {
  private static final Hash A = Hash.of(ExampleKeys.bytes(0xaa));
  private static final Hash B = Hash.of(ExampleKeys.bytes(0xbb));
  private static final Head HEAD = new Head(3, 41, 1041, A);
  private static final Head PARENT = new Head(3, 40, 1040, B);
  private static final Position POSITION = new Position(3, 42, 1042, A);
  private static final Flags FLAGS = new Flags(true, true, false);
  private static final byte[] PART = {1, 2, 3};

  static List<Message> all() {
    Claim claim = claim();
    return List.of(
        new Hello(
            Hello.VERSION,
            Mode.WRITE,
            0,
            new Network("regtest"),
            ExampleKeys.NODE.publicKey(),
            claim.delegation()),
        new Welcome(ExampleKeys.TIME, Standing.CLAIMANT, 1, 5, HEAD, PARENT, FLAGS),
        new ErrorMessage(ErrorCode.NOT_ALLOWED, "node not allowed"),
        new Superseded(claim),
        new Ping(7),
        new Pong(7),
        new Refused(RefusalCode.HEAD_MOVED, HEAD, PARENT),
        new Segment(PART),
        new ClaimRequest(1, claim.signature(), Head.EMPTY),
        new Claimed(1),
        new Hold(),
        new Held(HEAD, PARENT),
        new Append(AppendHow.APPEND, POSITION, A, PART),
        new Appended(42, B, FLAGS),
        new BeginBase(),
        new Offer(List.of(A, B)),
        new Offered(List.of(Hash.ZERO, B)),
        new Chunk(A, PART),
        new Stored(A, B),
        new PutManifest(BaseHow.CHAIN_START, POSITION, B, PART),
        new Based(HEAD, FLAGS),
        new GetClaims(1),
        new Claims(List.of(new StoredClaim(claim, Head.EMPTY))),
        new GetBase(),
        new Base(POSITION, ExampleKeys.TIME, PART),
        new GetChunks(List.of(A)),
        new GetRecords(41),
        new StoredRecord(POSITION, ExampleKeys.TIME, PART),
        new End(HEAD, PARENT),
        new GetStatus(),
        new Status(1, 2, 3, 4, 5, 6, 7, 0));
  }

  @Test
  void documentSaysWhatTheCodeDoes() throws IOException {
    StringBuilder text = new StringBuilder();
    for (Message message : all()) {
      String name = message.getClass().getSimpleName();
      String hex = HexFormat.of().formatHex(message.encode());
      text.append(String.format("%-12s %s%n", name, hex));
    }
    DocExamples.check("PROTOCOL.md", Map.of("messages", text.toString()));
  }

  @Test
  void everyTypeIsAmongTheExamples() {
    List<Class<?>> examples = new ArrayList<>();
    all().forEach(message -> examples.add(message.getClass()));
    assertThat(examples).containsExactlyInAnyOrder(Message.class.getPermittedSubclasses());
  }

  @Test
  void whatIsWrittenReadsBackToTheSameBytes() throws IOException {
    for (Message message : all()) {
      byte[] encoded = message.encode();
      assertThat(Message.decode(encoded).encode()).isEqualTo(encoded);
    }
  }

  @Test
  void refusesEveryTruncation() {
    for (Message message : all()) {
      byte[] encoded = message.encode();
      for (int length = 0; length < encoded.length; length++) {
        byte[] shorter = java.util.Arrays.copyOf(encoded, length);
        assertThatRefused(message, shorter);
      }
    }
  }

  @Test
  void refusesAByteLeftOver() {
    for (Message message : all()) {
      byte[] longer = java.util.Arrays.copyOf(message.encode(), message.encode().length + 1);
      assertThatRefused(message, longer);
    }
  }

  @Test
  void refusesWhatIsOverALimit() {
    assertRefused("001f05dd"); // an offer of 1,501 ids
    assertRefused("001f0000"); // an offer of none
    assertRefused("002900c9"); // 201 claims
    assertRefused("0003000301f5"); // an error text of 501 bytes
    assertRefused("0003000b0000"); // an unknown error code
    assertRefused("0063"); // an unknown type
    assertRefused("00058000000000000000"); // an integer of 2^63
  }

  private static void assertRefused(String hex) {
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> Message.decode(HexFormat.of().parseHex(hex)))
        .isInstanceOf(FormatException.class);
  }

  /** Messages that end in a part take any length of it: its own reader is strict. */
  private static void assertThatRefused(Message message, byte[] changed) {
    try {
      Message read = Message.decode(changed);
      assertThat(read.encode()).isEqualTo(changed);
      assertThat(read)
          .isInstanceOfAny(
              Segment.class,
              Append.class,
              Chunk.class,
              PutManifest.class,
              Base.class,
              StoredRecord.class);
    } catch (FormatException expected) {
      assertThat(expected).hasMessageNotContaining("null");
    }
  }

  private static Claim claim() {
    var delegate = ExampleKeys.DELEGATE.publicKey();
    var server = ExampleKeys.SERVER.publicKey();
    return new Claim(
        1,
        delegate,
        MessageSignature.sign(ExampleKeys.NODE, Delegation.delegationText(delegate)),
        MessageSignature.sign(ExampleKeys.NODE, Delegation.claimText(1, delegate, server)));
  }
}
