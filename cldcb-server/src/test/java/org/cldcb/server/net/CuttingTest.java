package org.cldcb.server.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cldcb.server.net.TestNode.newDelegate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.cldcb.chain.Claim;
import org.cldcb.codec.Hash;
import org.cldcb.crypto.PrivateKey;
import org.cldcb.link.Session;
import org.cldcb.link.SupersededException;
import org.cldcb.server.store.SqliteStore;
import org.cldcb.wire.ErrorCode;
import org.cldcb.wire.Mode;
import org.cldcb.wire.Offer;
import org.cldcb.wire.Offered;
import org.cldcb.wire.Ping;
import org.cldcb.wire.Pong;
import org.junit.jupiter.api.Test;

/** Connections that the server ends by itself. */
class CuttingTest extends ClaimedNode {
  @Override
  Limits limits() {
    return new Limits(6, 3, 1_500, 2);
  }

  @Test
  void revocationByAnotherProcessCutsAtOnce() throws IOException {
    TestNode other = new TestNode();
    server.store().allow(other.id(), "");
    try (Session reader = node.read(server.contact(), delegate);
        Session writer = node.write(server.contact(), delegate);
        Session bystander = other.read(server.contact(), delegate);
        SqliteStore operator = SqliteStore.open(directory)) {
      long start = System.nanoTime();
      operator.revoke(node.id());
      Expect.error(ErrorCode.NOT_ALLOWED, reader::receive);
      Expect.error(ErrorCode.NOT_ALLOWED, writer::receive);
      assertThat(System.nanoTime() - start).isLessThan(2_000_000_000L);
      bystander.ping();
    }
  }

  @Test
  void newWriterCutsOlderOnesAndTheirBulkSessions() throws IOException {
    try (Session old = node.write(server.contact(), delegate);
        Session bulk = node.open(server.contact(), delegate, Mode.BULK, old.welcome().epoch());
        Session ahead = node.open(server.contact(), delegate, Mode.BULK, 0);
        Session reader = node.read(server.contact(), delegate);
        Session writer = node.write(server.contact(), delegate)) {
      Expect.error(ErrorCode.NEWER_WRITER, old::receive);
      Expect.error(ErrorCode.NEWER_WRITER, bulk::receive);
      ahead.ping();
      reader.ping();
      writer.ping();
    }
  }

  @Test
  void claimSupersedesTheOlderDelegateOnly() throws IOException {
    PrivateKey next = newDelegate();
    try (Session writer = node.write(server.contact(), delegate);
        Session reader = node.read(server.contact(), delegate);
        Session candidate = node.read(server.contact(), newDelegate())) {
      Claim claim = node.takeOver(server.contact(), next);
      for (Session old : new Session[] {writer, reader}) {
        assertThatThrownBy(old::receive)
            .isInstanceOfSatisfying(
                SupersededException.class,
                e -> {
                  assertThat(e.claim()).isEqualTo(claim);
                  assertThat(e.claim().isValid(node.id(), server.contact().serverKey())).isTrue();
                });
      }
      candidate.ping();
    }
    assertThatThrownBy(() -> node.write(server.contact(), delegate))
        .isInstanceOf(SupersededException.class);
    node.write(server.contact(), next).close();
  }

  @Test
  void sessionThatClaimedIsSupersededByTheNextClaim() throws IOException {
    PrivateKey second = newDelegate();
    try (Session session = node.read(server.contact(), second)) {
      session.claim(node.claim(2, second, server.contact()), session.welcome().head());
      session.ping();
      node.takeOver(server.contact(), newDelegate());
      assertThatThrownBy(session::receive).isInstanceOf(SupersededException.class);
    }
  }

  @Test
  void connectionWithoutHelloIsClosedInTime() throws IOException {
    try (Socket socket = connect()) {
      assertThat(socket.getInputStream().read()).isNegative();
    }
  }

  @Test
  void clientThatShookHandsMustSayHelloInTime() throws Exception {
    try (RawClient client = new RawClient(server.contact(), delegate)) {
      assertThat(client.isAtEnd()).isTrue();
    }
  }

  @Test
  void silentSessionIsClosed() throws Exception {
    try (Session session = node.read(server.contact(), delegate)) {
      for (int i = 0; i < 4; i++) {
        Thread.sleep(700);
        session.ping();
      }
      assertThatThrownBy(session::receive).hasMessageContaining("closed the connection");
    }
  }

  @Test
  void strangersBeyondTheLimitAreClosedAtOnceAndMembersAreNot() throws Exception {
    try (Session member = node.read(server.contact(), delegate);
        Socket first = connect();
        Socket second = connect();
        Socket third = connect();
        Socket fourth = connect()) {
      // Which of them comes too late is for the event loops to say.
      CompletableFuture<?>[] closings = {
        closing(first), closing(second), closing(third), closing(fourth)
      };
      CompletableFuture.anyOf(closings).get();
      assertThat(closings).filteredOn(CompletableFuture::isDone).hasSize(1);
      member.ping();
      CompletableFuture.allOf(closings).get();
    }
    node.read(server.contact(), delegate).close();
  }

  /** Done when the server closes a connection on which it says nothing. */
  private static CompletableFuture<Void> closing(Socket socket) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            assertThat(socket.getInputStream().read()).isNegative();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        task -> new Thread(task).start());
  }

  @Test
  void connectionsBeyondTheLimitAreClosedAtOnce() throws Exception {
    Session[] sessions = new Session[6];
    for (int i = 0; i < sessions.length; i++) {
      sessions[i] = node.read(server.contact(), delegate);
    }
    assertThatThrownBy(() -> node.read(server.contact(), delegate)).isInstanceOf(IOException.class);
    for (Session session : sessions) {
      session.ping();
      session.close();
    }
  }

  @Test
  void stoppingServerSaysSo() throws Exception {
    CompletableFuture<Void> stopped;
    try (Session session = node.read(server.contact(), delegate);
        RawClient stranger = new RawClient(server.contact(), delegate)) {
      session.ping();
      stopped = CompletableFuture.runAsync(server.server()::close);
      Expect.error(ErrorCode.SHUTTING_DOWN, session::receive);
      assertThat(stranger.receive().toString()).contains("SHUTTING_DOWN");
    }
    // Well before it would close the connections itself.
    stopped.get(2, TimeUnit.SECONDS);
  }

  @Test
  void stoppingServerStillAnswersWhatItTook() throws Exception {
    CompletableFuture<Void> stopped;
    spy.hold("offer");
    try (RawClient client = new RawClient(server.contact(), delegate)) {
      client.send(node.hello(delegate, Mode.WRITE, 0));
      client.receive();
      client.send(new Ping(1));
      client.send(new Offer(List.of(Hash.ZERO)));
      while (spy.calls("offer") == 0) {
        Thread.sleep(10);
      }
      stopped = CompletableFuture.runAsync(server.server()::close);
      Thread.sleep(300);
      assertThat(stopped).isNotDone();
      spy.release();
      assertThat(client.receive()).isInstanceOf(Pong.class);
      assertThat(client.receive()).isInstanceOf(Offered.class);
      assertThat(client.receive().toString()).contains("SHUTTING_DOWN");
      assertThat(client.isAtEnd()).isTrue();
    }
    // Well before it would close the connections itself.
    stopped.get(2, TimeUnit.SECONDS);
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.contact().port());
    socket.setSoTimeout(5_000);
    return socket;
  }
}
