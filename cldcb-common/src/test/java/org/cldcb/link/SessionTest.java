package org.cldcb.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.cldcb.chain.ChainDigest;
import org.cldcb.chain.Claim;
import org.cldcb.chain.Delegation;
import org.cldcb.chain.Head;
import org.cldcb.chain.Position;
import org.cldcb.codec.FormatException;
import org.cldcb.codec.Hash;
import org.cldcb.crypto.MessageSignature;
import org.cldcb.crypto.PublicKey;
import org.cldcb.format.EnvelopeParts;
import org.cldcb.format.ExampleKeys;
import org.cldcb.format.Place;
import org.cldcb.io.Spool;
import org.cldcb.link.TestServer.Peer;
import org.cldcb.wire.Append;
import org.cldcb.wire.AppendHow;
import org.cldcb.wire.Appended;
import org.cldcb.wire.ClaimRequest;
import org.cldcb.wire.Claimed;
import org.cldcb.wire.ErrorCode;
import org.cldcb.wire.ErrorMessage;
import org.cldcb.wire.GetStatus;
import org.cldcb.wire.Held;
import org.cldcb.wire.Hello;
import org.cldcb.wire.Hold;
import org.cldcb.wire.Message;
import org.cldcb.wire.Mode;
import org.cldcb.wire.Offer;
import org.cldcb.wire.Offered;
import org.cldcb.wire.Ping;
import org.cldcb.wire.Pong;
import org.cldcb.wire.RefusalCode;
import org.cldcb.wire.Refused;
import org.cldcb.wire.Segment;
import org.cldcb.wire.Status;
import org.cldcb.wire.Superseded;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class SessionTest {
  private static final Hash A = Hash.of(ExampleKeys.bytes(0xaa));
  private static final Hash B = Hash.of(ExampleKeys.bytes(0xbb));
  private static final Position POSITION = new Position(3, 42, 1042, A);
  private static final Head HEAD = new Head(3, 41, 1041, A);

  @Test
  void saysHelloAsItsAccessSays() throws IOException {
    AtomicReference<Hello> hello = new AtomicReference<>();
    try (TestServer server = TestServer.start(peer -> hello.set(peer.welcome()));
        Session session = open(server, Mode.BULK, 5)) {
      assertThat(session.welcome().epoch()).isEqualTo(5);
      assertThat(session.welcome().serverTime()).isEqualTo(ExampleKeys.TIME);
    }
    MessageSignature delegation = claim(ExampleKeys.DELEGATE.publicKey()).delegation();
    assertThat(hello.get())
        .isEqualTo(
            new Hello(
                1,
                Mode.BULK,
                5,
                ExampleKeys.IDENTITY.network(),
                ExampleKeys.NODE.publicKey(),
                delegation));
  }

  @ParameterizedTest
  @EnumSource
  void anErrorInAnswerToTheHelloEndsIt(ErrorCode code) throws IOException {
    try (TestServer server = answering(new ErrorMessage(code, "why\u001b[2J"))) {
      assertThatThrownBy(() -> open(server))
          .isInstanceOfSatisfying(
              ServerErrorException.class, e -> assertThat(e.code()).isEqualTo(code))
          .hasMessage("the server says: why?[2J");
    }
  }

  @Test
  void beingSupersededShowsTheClaim() throws IOException {
    Claim claim = claim();
    try (TestServer server = answering(new Superseded(claim))) {
      assertThatThrownBy(() -> open(server))
          .isInstanceOfSatisfying(
              SupersededException.class, e -> assertThat(e.claim()).isEqualTo(claim))
          .hasMessageContaining("claim 8");
    }
  }

  @Test
  void beingSupersededMayHappenAnyTime() throws IOException {
    try (TestServer server = after(Ping.class, new Superseded(claim()));
        Session session = open(server)) {
      assertThatThrownBy(session::ping).isInstanceOf(SupersededException.class);
    }
  }

  @Test
  void anythingElseInAnswerToTheHelloIsRefused() throws IOException {
    try (TestServer server = answering(new Pong(0))) {
      assertThatThrownBy(() -> open(server))
          .isInstanceOf(FormatException.class)
          .hasMessage("the server sent a message that is out of place");
    }
    try (TestServer server = answering(new Refused(RefusalCode.NOT_FOUND, HEAD, HEAD))) {
      assertThatThrownBy(() -> open(server)).isInstanceOf(RefusedException.class);
    }
  }

  @Test
  void aServerThatClosesInsteadOfWelcomingIsReported() throws IOException {
    try (TestServer server =
        TestServer.start(
            peer -> {
              peer.shakeHands();
              peer.receive(Hello.class);
            })) {
      assertThatIOException()
          .isThrownBy(() -> open(server))
          .withMessage("the server closed the connection");
    }
  }

  @Test
  void aServerThatDoesNotWelcomeIsGivenUp() throws IOException {
    try (TestServer server =
        TestServer.start(
            peer -> {
              peer.shakeHands();
              peer.receive(Hello.class);
              peer.awaitEnd();
            })) {
      assertThatThrownBy(() -> Session.open(server.access(), Mode.READ, 0, TestServer.RANDOM, 300))
          .isInstanceOf(ConnectionLostException.class);
    }
  }

  @Test
  void aRecordArrivesWholeAndIsAcknowledgedByItsDigest() throws IOException {
    AtomicReference<Append> received = new AtomicReference<>();
    for (int size : new int[] {1, 32_768, 32_769, 200_000}) {
      try (TestServer server =
              TestServer.start(
                  peer -> {
                    peer.welcome();
                    received.set(peer.receive(Append.class));
                    byte[] envelope = rest(peer, received.get().part());
                    peer.send(new Appended(42, digest(envelope), TestServer.FLAGS));
                    peer.awaitEnd();
                  });
          Session session = open(server)) {
        Appended appended = session.append(AppendHow.REPLACE, POSITION, B, record(size), () -> {});
        assertThat(appended.flags()).isEqualTo(TestServer.FLAGS);
      }
      assertThat(received.get().how()).isEqualTo(AppendHow.REPLACE);
      assertThat(received.get().position()).isEqualTo(POSITION);
      assertThat(received.get().expected()).isEqualTo(B);
    }
  }

  @Test
  void anAcknowledgementOfSomethingElseIsRefused() throws IOException {
    Hash digest = sealedDigest();
    for (Appended wrong :
        List.of(
            new Appended(41, digest, TestServer.FLAGS), new Appended(42, A, TestServer.FLAGS))) {
      try (TestServer server = after(Append.class, wrong);
          Session session = open(server)) {
        assertThatThrownBy(
                () -> session.append(AppendHow.APPEND, POSITION, A, record(10), () -> {}))
            .isInstanceOf(FormatException.class)
            .hasMessage("the server acknowledged something else than was sent");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRefusalNamesItsReasonAndTheSessionGoesOn(RefusalCode code) throws IOException {
    Head parent = new Head(3, 40, 1040, B);
    try (TestServer server =
            TestServer.start(
                peer -> {
                  peer.welcome();
                  peer.receive(Append.class);
                  peer.send(new Refused(code, HEAD, parent));
                  peer.send(new Pong(peer.receive(Ping.class).value()));
                });
        Session session = open(server)) {
      assertThatThrownBy(() -> session.append(AppendHow.APPEND, POSITION, A, record(10), () -> {}))
          .isInstanceOfSatisfying(
              RefusedException.class,
              e -> {
                assertThat(e.code()).isEqualTo(code);
                assertThat(e.refused()).isEqualTo(new Refused(code, HEAD, parent));
                assertThat(e.getMessage()).isNotBlank();
              });
      session.ping();
    }
  }

  @Test
  void errorsEndARequest() throws IOException {
    ErrorMessage error = new ErrorMessage(ErrorCode.NEWER_WRITER, "newer");
    try (TestServer server = after(GetStatus.class, error);
        Session session = open(server)) {
      assertThatThrownBy(session::status)
          .isInstanceOfSatisfying(
              ServerErrorException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.NEWER_WRITER));
    }
  }

  @Test
  void asManyAnswersAsChunksOfferedAreExpected() throws IOException {
    try (TestServer server = after(Offer.class, new Offered(List.of(A)));
        Session session = open(server)) {
      assertThatThrownBy(() -> session.offer(new Offer(List.of(A, B))))
          .isInstanceOf(FormatException.class);
    }
  }

  @Test
  void aClaimIsSentWithItsHeadAndAcknowledgedByItsNumber() throws IOException {
    Claim claim = claim();
    try (TestServer server =
            TestServer.start(
                peer -> {
                  peer.welcome();
                  assertThat(peer.receive())
                      .isEqualTo(new ClaimRequest(8, claim.signature(), HEAD));
                  peer.send(new Claimed(8));
                  peer.receive(ClaimRequest.class);
                  peer.send(new Claimed(9));
                });
        Session session = open(server)) {
      session.claim(claim, HEAD);
      assertThatThrownBy(() -> session.claim(claim, HEAD)).isInstanceOf(FormatException.class);
    }
  }

  @Test
  void theStatusIsGivenAsItCame() throws IOException {
    Status status = new Status(1, 2, 3, 4, 5, 6, 7, 8);
    try (TestServer server = after(GetStatus.class, status);
        Session session = open(server)) {
      assertThat(session.status()).isEqualTo(status);
    }
  }

  @Test
  void aHoldGivesTheHeadThatIsHeld() throws IOException {
    Held held = new Held(HEAD, POSITION.asHead());
    try (TestServer server = after(Hold.class, held);
        Session session = open(server)) {
      assertThat(session.hold()).isEqualTo(held);
    }
  }

  @Test
  void aServerThatClosesInARequestIsReported() throws IOException {
    try (TestServer server =
            TestServer.start(
                peer -> {
                  peer.welcome();
                  peer.receive(Ping.class);
                });
        Session session = open(server)) {
      assertThatIOException()
          .isThrownBy(session::ping)
          .withMessage("the server closed the connection");
    }
  }

  private static TestServer answering(Message answer) throws IOException {
    return TestServer.start(
        peer -> {
          peer.shakeHands();
          peer.receive(Hello.class);
          peer.send(answer);
          peer.awaitEnd();
        });
  }

  private static TestServer after(Class<? extends Message> request, Message answer)
      throws IOException {
    return TestServer.start(
        peer -> {
          peer.welcome();
          peer.receive(request);
          peer.send(answer);
          peer.awaitEnd();
        });
  }

  /** All bytes of the envelope that begins with this part. */
  private static byte[] rest(Peer peer, byte[] first) throws IOException {
    ByteArrayOutputStream envelope = new ByteArrayOutputStream();
    envelope.writeBytes(first);
    byte[] segment = java.util.Arrays.copyOfRange(first, 67, first.length);
    while (!org.cldcb.format.Segment.parse(segment).last()) {
      segment = peer.receive(Segment.class).bytes();
      envelope.writeBytes(segment);
    }
    return envelope.toByteArray();
  }

  private static Hash digest(byte[] envelope) {
    return ChainDigest.ofRecord(POSITION).update(envelope).finish();
  }

  private static Hash sealedDigest() throws IOException {
    EnvelopeParts record = record(10);
    return digest(record.next());
  }

  private static EnvelopeParts record(int size) throws IOException {
    return ExampleKeys.run().seal(new Place.OfRecord(POSITION), Spool.of(new byte[size]));
  }

  private static Claim claim() {
    return claim(ExampleKeys.key(0x23).publicKey());
  }

  private static Claim claim(PublicKey delegate) {
    PublicKey server = ExampleKeys.SERVER.publicKey();
    return new Claim(
        8,
        delegate,
        MessageSignature.sign(ExampleKeys.NODE, Delegation.delegationText(delegate)),
        MessageSignature.sign(ExampleKeys.NODE, Delegation.claimText(8, delegate, server)));
  }

  private static Session open(TestServer server) throws IOException {
    return open(server, Mode.WRITE, 0);
  }

  private static Session open(TestServer server, Mode mode, long epoch) throws IOException {
    return Session.open(server.access(), mode, epoch, TestServer.RANDOM, TestServer.TIMEOUT_MILLIS);
  }
}
