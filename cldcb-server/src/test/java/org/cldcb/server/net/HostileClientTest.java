package org.cldcb.server.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cldcb.server.net.TestNode.newDelegate;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.Locale;
import org.cldcb.chain.Delegation;
import org.cldcb.chain.Head;
import org.cldcb.chain.Network;
import org.cldcb.chain.Position;
import org.cldcb.codec.ByteWriter;
import org.cldcb.codec.Hash;
import org.cldcb.crypto.MessageSignature;
import org.cldcb.crypto.PrivateKey;
import org.cldcb.format.Place;
import org.cldcb.link.Session;
import org.cldcb.link.SupersededException;
import org.cldcb.transport.Handshake;
import org.cldcb.wire.Append;
import org.cldcb.wire.AppendHow;
import org.cldcb.wire.BaseHow;
import org.cldcb.wire.BeginBase;
import org.cldcb.wire.Chunk;
import org.cldcb.wire.ClaimRequest;
import org.cldcb.wire.End;
import org.cldcb.wire.ErrorCode;
import org.cldcb.wire.ErrorMessage;
import org.cldcb.wire.GetBase;
import org.cldcb.wire.GetChunks;
import org.cldcb.wire.GetClaims;
import org.cldcb.wire.GetRecords;
import org.cldcb.wire.GetStatus;
import org.cldcb.wire.Hello;
import org.cldcb.wire.Hold;
import org.cldcb.wire.Message;
import org.cldcb.wire.Mode;
import org.cldcb.wire.Offer;
import org.cldcb.wire.Ping;
import org.cldcb.wire.PutManifest;
import org.cldcb.wire.RefusalCode;
import org.cldcb.wire.Segment;
import org.cldcb.wire.Stored;
import org.junit.jupiter.api.Test;

/**
 * What a client may try that isn't who it says, or wants more than is its. {@link HelloTest} has
 * those without the server's key, of nodes that aren't listed, with delegations of other nodes and
 * for other keys; {@link BadMessageTest} messages out of place; {@link CuttingTest} silence.
 */
class HostileClientTest extends ClaimedNode {
  private static final Hash ID = Hash.of(new byte[32]);

  // --- who it is

  @Test
  void signatureOverAnotherMessageIsNoDelegation() throws Exception {
    String own = Delegation.delegationText(delegate.publicKey());
    for (String text :
        List.of(
            "",
            delegate.publicKey().hex(),
            own + " ",
            own.toLowerCase(Locale.ROOT),
            Delegation.claimText(1, delegate.publicKey(), server.contact().serverKey()))) {
      assertThat(codeOf(answerToHello(delegate, hello(node.sign(text)))))
          .isEqualTo(ErrorCode.BAD_DELEGATION);
    }
  }

  @Test
  void helloOfAnotherHandshakeIsNoDelegation() throws Exception {
    Hello seen = node.hello(delegate, Mode.WRITE, 0);
    assertThat(codeOf(answerToHello(newDelegate(), seen))).isEqualTo(ErrorCode.BAD_DELEGATION);
  }

  @Test
  void recordedConnectionGetsNoFurtherThanActTwo() throws Exception {
    byte[] recorded;
    try (RawClient client = new RawClient(server.contact(), delegate)) {
      client.send(node.hello(delegate, Mode.WRITE, 0));
      client.receive();
      recorded = client.sent();
    }
    int hellos = spy.calls("hello");
    try (Socket replay = connect()) {
      replay.getOutputStream().write(recorded);
      assertThat(readAll(replay)).hasSizeLessThanOrEqualTo(Handshake.ACT_TWO_BYTES);
    }
    assertThat(spy.calls("hello")).isEqualTo(hellos);
  }

  private static byte[] readAll(Socket socket) throws IOException {
    try {
      return socket.getInputStream().readAllBytes();
    } catch (SocketException reset) {
      return new byte[0];
    }
  }

  @Test
  void supersededDelegateMayNothingInAnyMode() throws IOException {
    PrivateKey next = newDelegate();
    long epoch;
    try (Session old = node.write(server.contact(), delegate)) {
      epoch = old.welcome().epoch();
    }
    node.takeOver(server.contact(), next);
    assertSuperseded(Mode.READ, 0);
    assertSuperseded(Mode.WRITE, 0);
    assertSuperseded(Mode.BULK, 0);
    assertSuperseded(Mode.BULK, epoch);
    node.write(server.contact(), next).close();
  }

  private void assertSuperseded(Mode mode, long epoch) {
    assertThatThrownBy(() -> node.open(server.contact(), delegate, mode, epoch))
        .isInstanceOf(SupersededException.class);
  }

  @Test
  void supersededDelegateCanNotClaimAgain() throws Exception {
    // Open since before the claim, and too slow to notice that it was cut.
    try (RawClient late = new RawClient(server.contact(), delegate)) {
      late.send(node.hello(delegate, Mode.READ, 0));
      late.receive();
      node.takeOver(server.contact(), newDelegate());
      late.send(
          new ClaimRequest(3, node.claim(3, delegate, server.contact()).signature(), Head.EMPTY));
      assertThat(late.receive().toString()).contains("Superseded");
      assertThat(late.isAtEnd()).isTrue();
    }
    assertThat(server.store().summaries().get(0).claimNumber()).isEqualTo(2);
  }

  @Test
  void claimForAnotherServerIsRefused() throws IOException {
    PrivateKey next = newDelegate();
    String text = Delegation.claimText(2, next.publicKey(), newDelegate().publicKey());
    try (Session session = node.read(server.contact(), next)) {
      session.send(new ClaimRequest(2, node.sign(text), session.welcome().head()));
      Expect.refusal(RefusalCode.BAD_CLAIM, session::receive);
    }
  }

  @Test
  void oneNodeSeesNothingOfAnother() throws Exception {
    PrivateKey mine = newDelegate();
    TestNode other = new TestNode();
    server.store().allow(other.id(), "");
    other.takeOver(server.contact(), mine);
    try (Session session = node.write(server.contact(), delegate)) {
      sendChunk(node, session, ID, 1000);
      session.receive(Stored.class);
      node.append(session, delegate, node.startChain(session, delegate).head(), new byte[9]);
    }
    Hello asIfNode = new Hello(1, Mode.READ, 0, network(), node.id(), other.delegation(mine));
    assertThat(codeOf(answerToHello(mine, asIfNode))).isEqualTo(ErrorCode.BAD_DELEGATION);
    try (Session session = other.read(server.contact(), mine)) {
      session.send(new GetChunks(List.of(ID)));
      Expect.refusal(RefusalCode.NOT_FOUND, session::receive);
      session.send(new GetBase(Hash.ZERO));
      Expect.refusal(RefusalCode.NOT_FOUND, session::receive);
      session.send(new GetRecords(0));
      assertThat(session.receive(End.class).head()).isEqualTo(Head.EMPTY);
    }
  }

  // --- before it is known

  @Test
  void nothingIsTakenBeforeTheHello() throws Exception {
    for (Message first : requests()) {
      try (RawClient client = new RawClient(server.contact(), delegate)) {
        client.send(first);
        assertThat(codeOf(client.receive())).isEqualTo(ErrorCode.BAD_MESSAGE);
        assertThat(client.isAtEnd()).isTrue();
      }
    }
    for (String call : List.of("append", "chunk", "offer", "beginBase", "manifest", "records")) {
      assertThat(spy.calls(call)).isZero();
    }
  }

  @Test
  void nothingIsTakenAfterARefusedHello() throws Exception {
    for (Message next : requests()) {
      try (RawClient client = new RawClient(server.contact(), delegate)) {
        client.send(hello(node.sign("another text")));
        assertThat(codeOf(client.receive())).isEqualTo(ErrorCode.BAD_DELEGATION);
        client.send(next);
        assertThat(client.isAtEnd()).isTrue();
      }
    }
    for (String call : List.of("append", "chunk", "offer", "beginBase", "manifest", "records")) {
      assertThat(spy.calls(call)).isZero();
    }
  }

  private List<Message> requests() throws IOException {
    Position position = new Position(1, 1, 0, Hash.ZERO);
    byte[] part = node.seal(delegate, new Place.OfRecord(position), new byte[1]).next();
    return List.of(
        new Append(AppendHow.APPEND, position, Hash.ZERO, part),
        new BeginBase(),
        new Offer(List.of(ID)),
        new Chunk(ID, part),
        new Segment(new byte[100]),
        new PutManifest(BaseHow.CHAIN_START, position, Hash.ZERO, Hash.ZERO, part),
        new ClaimRequest(2, node.claim(2, delegate, server.contact()).signature(), Head.EMPTY),
        new Hold(),
        new GetClaims(1),
        new GetBase(Hash.ZERO),
        new GetChunks(List.of(ID)),
        new GetRecords(0),
        new GetStatus(),
        new Ping(1));
  }

  // --- over a limit

  @Test
  void moreIdsThanAMessageMayHaveAreABadMessage() throws Exception {
    for (int type : new int[] {31, 44}) {
      for (int count : new int[] {0, 1501}) {
        byte[] message =
            new ByteWriter(60_000).u16(type).u16(count).bytes(new byte[32 * count]).toBytes();
        try (RawClient client = new RawClient(server.contact(), delegate)) {
          client.send(node.hello(delegate, Mode.WRITE, 0));
          client.receive();
          client.send(message);
          assertThat(codeOf(client.receive())).isEqualTo(ErrorCode.BAD_MESSAGE);
        }
      }
    }
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.contact().port());
    socket.setSoTimeout(10_000);
    return socket;
  }

  private Hello hello(MessageSignature delegation) {
    return new Hello(1, Mode.READ, 0, network(), node.id(), delegation);
  }

  private static Network network() {
    return new Network("regtest");
  }

  private Message answerToHello(PrivateKey key, Hello hello) throws Exception {
    try (RawClient client = new RawClient(server.contact(), key)) {
      client.send(hello);
      return client.receive();
    }
  }

  private void sendChunk(TestNode of, Session session, Hash id, int bytes) throws IOException {
    session.sendChunk(id, of.seal(delegate, new Place.OfChunk(id), new byte[bytes]));
  }

  private static ErrorCode codeOf(Message message) {
    assertThat(message).isInstanceOf(ErrorMessage.class);
    return ((ErrorMessage) message).code();
  }
}
