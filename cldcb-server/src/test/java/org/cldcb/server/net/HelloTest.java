package org.cldcb.server.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cldcb.server.net.ServerRig.RANDOM;
import static org.cldcb.server.net.TestNode.newDelegate;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import org.cldcb.chain.Claim;
import org.cldcb.contact.Contact;
import org.cldcb.crypto.PrivateKey;
import org.cldcb.link.ServerErrorException;
import org.cldcb.link.Session;
import org.cldcb.link.SupersededException;
import org.cldcb.transport.Handshake;
import org.cldcb.wire.ErrorCode;
import org.cldcb.wire.ErrorMessage;
import org.cldcb.wire.Hello;
import org.cldcb.wire.Message;
import org.cldcb.wire.Mode;
import org.cldcb.wire.Ping;
import org.cldcb.wire.Standing;
import org.cldcb.wire.Welcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HelloTest {
  private final TestNode node = new TestNode();
  private final PrivateKey delegate = newDelegate();

  @TempDir private Path directory;
  private ServerRig server;

  @BeforeEach
  void start() throws IOException {
    server = ServerRig.start(directory);
    server.store().allow(node.id(), "alice");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void clientWithoutTheServersKeyGetsNoByte() throws Exception {
    Contact wrong = new Contact(newDelegate().publicKey(), "127.0.0.1", server.contact().port());
    try (PrivateKey ephemeral = PrivateKey.generate(RANDOM);
        Handshake handshake =
            Handshake.initiator(Handshake.PROLOGUE, delegate, wrong.serverKey(), ephemeral)) {
      assertThat(answerTo(handshake.start())).isEmpty();
    }
  }

  @Test
  void clientOfAnotherPrologueGetsNoByte() throws Exception {
    try (PrivateKey ephemeral = PrivateKey.generate(RANDOM);
        Handshake handshake =
            Handshake.initiator("lightning", delegate, server.contact().serverKey(), ephemeral)) {
      assertThat(answerTo(handshake.start())).isEmpty();
    }
  }

  @Test
  void garbageGetsNoByte() throws Exception {
    assertThat(answerTo(new byte[10_000])).isEmpty();
  }

  private byte[] answerTo(byte[] bytes) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.contact().port())) {
      socket.setSoTimeout(5_000);
      socket.getOutputStream().write(bytes);
      return socket.getInputStream().readAllBytes();
    } catch (java.net.SocketException e) {
      // A reset instead of an end: what was sent beyond act one stayed unread.
      return new byte[0];
    }
  }

  @Test
  void newDelegateOfAnUnclaimedNodeIsWelcomeToRead() throws IOException {
    try (Session session = node.read(server.contact(), delegate)) {
      assertThat(session.welcome().standing()).isEqualTo(Standing.UNCLAIMED);
      assertThat(session.welcome().head().isEmpty()).isTrue();
      session.ping();
    }
  }

  @Test
  void unknownNodeIsNotAllowed() {
    assertRefused(new TestNode(), delegate, Mode.READ, 0, ErrorCode.NOT_ALLOWED);
  }

  @Test
  void revokedNodeIsNotAllowed() {
    server.store().revoke(node.id());
    assertRefused(node, delegate, Mode.READ, 0, ErrorCode.NOT_ALLOWED);
  }

  @Test
  void delegationForAnotherKeyIsRefused() throws Exception {
    try (RawClient client = new RawClient(server.contact(), delegate)) {
      client.send(node.hello(newDelegate(), Mode.READ, 0));
      assertThat(codeOf(client.receive())).isEqualTo(ErrorCode.BAD_DELEGATION);
      assertThat(client.isAtEnd()).isTrue();
    }
  }

  @Test
  void delegationOfAnotherNodeIsRefused() throws Exception {
    TestNode other = new TestNode();
    server.store().allow(other.id(), "");
    Hello own = node.hello(delegate, Mode.READ, 0);
    try (RawClient client = new RawClient(server.contact(), delegate)) {
      client.send(new Hello(1, Mode.READ, 0, own.network(), other.id(), own.delegation()));
      assertThat(codeOf(client.receive())).isEqualTo(ErrorCode.BAD_DELEGATION);
    }
  }

  @Test
  void writingNeedsAClaim() {
    assertRefused(node, delegate, Mode.WRITE, 0, ErrorCode.UNCLAIMED);
  }

  @Test
  void writingIsTheClaimants() throws IOException {
    node.takeOver(server.contact(), delegate);
    assertRefused(node, newDelegate(), Mode.WRITE, 0, ErrorCode.NOT_CLAIMANT);
    try (Session other = node.read(server.contact(), newDelegate())) {
      assertThat(other.welcome().standing()).isEqualTo(Standing.NEW);
    }
  }

  @Test
  void supersededDelegateGetsTheClaimThatProvesIt() throws IOException {
    node.takeOver(server.contact(), delegate);
    Claim second = node.takeOver(server.contact(), newDelegate());
    assertThatThrownBy(() -> node.read(server.contact(), delegate))
        .isInstanceOfSatisfying(
            SupersededException.class, e -> assertThat(e.claim()).isEqualTo(second));
  }

  @Test
  void bulkJoinsTheCurrentEpochOnly() throws IOException {
    node.takeOver(server.contact(), delegate);
    try (Session first = node.write(server.contact(), delegate);
        Session second = node.write(server.contact(), delegate)) {
      long epoch = second.welcome().epoch();
      assertThat(epoch).isGreaterThan(first.welcome().epoch());
      assertRefused(node, delegate, Mode.BULK, first.welcome().epoch(), ErrorCode.NEWER_WRITER);
      node.open(server.contact(), delegate, Mode.BULK, epoch).close();
    }
  }

  @Test
  void onlyBulkNamesAnEpoch() {
    assertRefused(node, delegate, Mode.READ, 1, ErrorCode.BAD_MESSAGE);
  }

  @Test
  void anotherVersionIsRefusedWhateverItsLayout() throws Exception {
    assertThat(firstAnswer(new byte[] {0, 1, 2, 42}))
        .isInstanceOfSatisfying(
            ErrorMessage.class,
            error -> {
              assertThat(error.code()).isEqualTo(ErrorCode.UNSUPPORTED_VERSION);
              assertThat(error.text()).contains("version 1");
            });
  }

  @Test
  void firstMessageMustBeAHello() throws Exception {
    assertThat(codeOf(firstAnswer(new Ping(1).encode()))).isEqualTo(ErrorCode.BAD_MESSAGE);
  }

  @Test
  void firstMessageMustBeSmall() throws Exception {
    assertThat(codeOf(firstAnswer(new byte[513]))).isEqualTo(ErrorCode.BAD_MESSAGE);
  }

  @Test
  void brokenHelloIsABadMessage() throws Exception {
    assertThat(codeOf(firstAnswer(new byte[] {0, 1, 1, 0}))).isEqualTo(ErrorCode.BAD_MESSAGE);
  }

  private Message firstAnswer(byte[] message) throws Exception {
    try (RawClient client = new RawClient(server.contact(), delegate)) {
      client.send(message);
      return client.receive();
    }
  }

  @Test
  void nothingMayFollowTheHelloBeforeTheWelcome() throws Exception {
    try (RawClient client = new RawClient(server.contact(), delegate)) {
      Hello hello = node.hello(delegate, Mode.READ, 0);
      client.send(hello);
      client.send(hello);
      Message first = client.receive();
      // The welcome may have been faster than the second hello.
      Message refusal = first instanceof Welcome ? client.receive() : first;
      assertThat(codeOf(refusal)).isEqualTo(ErrorCode.BAD_MESSAGE);
    }
  }

  @Test
  void alteredMessageClosesSilently() throws Exception {
    try (RawClient client = new RawClient(server.contact(), delegate)) {
      client.write(new byte[100]);
      assertThat(client.isAtEnd()).isTrue();
    }
  }

  @Test
  void bytesMayComeOneByOne() throws Exception {
    try (RawClient client = RawClient.trickling(server.contact(), delegate)) {
      client.send(node.hello(delegate, Mode.READ, 0));
      assertThat(client.receive()).isInstanceOf(Welcome.class);
    }
  }

  private void assertRefused(TestNode who, PrivateKey key, Mode mode, long epoch, ErrorCode code) {
    assertThatThrownBy(() -> who.open(server.contact(), key, mode, epoch))
        .isInstanceOfSatisfying(
            ServerErrorException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  private static ErrorCode codeOf(Message message) {
    assertThat(message).isInstanceOf(ErrorMessage.class);
    return ((ErrorMessage) message).code();
  }
}
