package org.cldcb.server.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cldcb.server.net.TestNode.newDelegate;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import org.cldcb.chain.ChainDigest;
import org.cldcb.chain.Head;
import org.cldcb.codec.Hash;
import org.cldcb.format.Place;
import org.cldcb.link.RefusedException;
import org.cldcb.link.Session;
import org.cldcb.wire.ErrorCode;
import org.cldcb.wire.Mode;
import org.cldcb.wire.RefusalCode;
import org.cldcb.wire.Stored;
import org.junit.jupiter.api.Test;

/** Too much of what each client may do, and honest ones beside it. */
class FloodTest extends ClaimedNode {
  private static final Hash ID = Hash.of(new byte[32]);
  private static final int STRANGERS = 4;

  @Override
  Limits limits() {
    return new Limits(100, STRANGERS, 5_000, 20);
  }

  @Test
  void ofTooManySessionsOfANodeTheOldestEndsAndNeverTheWriter() throws IOException {
    TestNode other = new TestNode();
    server.store().allow(other.id(), "");
    List<Session> sessions = new ArrayList<>();
    try (Session writer = node.write(server.contact(), delegate);
        Session bystander = other.read(server.contact(), delegate)) {
      for (int i = 0; i < 20; i++) {
        sessions.add(node.read(server.contact(), newDelegate()));
      }
      for (Session oldest : sessions.subList(0, 4)) {
        Expect.end(ErrorCode.OVER_LIMIT, oldest);
      }
      for (Session newer : sessions.subList(4, 20)) {
        newer.ping();
      }
      node.append(writer, delegate, node.startChain(writer, delegate).head(), new byte[9]);
      bystander.ping();
    } finally {
      sessions.forEach(Session::close);
    }
  }

  @Test
  void floodOfChunksWithoutAManifestEndsAtTheQuota() throws IOException {
    server.store().allow(node.id(), "", 300_000L);
    TestNode other = new TestNode();
    server.store().allow(other.id(), "", 300_000L);
    other.takeOver(server.contact(), delegate);
    try (Session flood = node.write(server.contact(), delegate);
        Session honest = other.write(server.contact(), delegate)) {
      Head head = node.startChain(flood, delegate).head();
      assertThatThrownBy(() -> flood(flood))
          .isInstanceOfSatisfying(
              RefusedException.class, e -> assertThat(e.code()).isEqualTo(RefusalCode.OVER_QUOTA));
      assertThat(flood.status().usedBytes()).isLessThan(310_000);
      assertThat(flood.status().quotaBytes()).isEqualTo(300_000);
      node.append(flood, delegate, head, new byte[400_000]);

      Head base = other.startChain(honest, delegate).head();
      sendChunk(other, honest, ID, 50_000);
      honest.receive(Stored.class);
      other.append(honest, delegate, base, new byte[1000]);
    }
  }

  private void flood(Session session) throws IOException {
    Hash id = ID;
    for (int i = 0; i < 100; i++) {
      id = ChainDigest.chainStart(id);
      sendChunk(node, session, id, 10_000);
      session.receive(Stored.class);
    }
  }

  @Test
  void whoHoldsConnectionsOpenKeepsNobodyOut() throws IOException {
    List<Socket> held = new ArrayList<>();
    try {
      for (int i = 0; i < 5; i++) {
        for (int n = 0; n < 2 * STRANGERS; n++) {
          held.add(connect("127.0.0.1"));
        }
        awaitCrowd(held);
        node.read(server.contact(), delegate).close();
      }
    } finally {
      closeAll(held);
    }
  }

  @Test
  void whoHoldsManyConnectionsDisplacesHisOwn() throws Exception {
    List<Socket> held = new ArrayList<>();
    try (RawClient slow = new RawClient(server.contact(), delegate)) {
      for (int n = 0; n < 10 * STRANGERS; n++) {
        held.add(connect("127.0.0.2"));
      }
      awaitCrowd(held);
      slow.send(node.hello(delegate, Mode.READ, 0));
      assertThat(slow.receive().toString()).contains("Welcome");
    } finally {
      closeAll(held);
    }
  }

  /** Waits until the server has seen all of these: it keeps no more than it must. */
  private static void awaitCrowd(List<Socket> held) throws IOException {
    for (int open = held.size(); open > STRANGERS; ) {
      open = 0;
      for (Socket socket : held) {
        open += isOpen(socket) ? 1 : 0;
      }
    }
  }

  private static boolean isOpen(Socket socket) throws IOException {
    try {
      socket.setSoTimeout(1);
      return socket.getInputStream().read() >= 0;
    } catch (SocketTimeoutException nothingCame) {
      return true;
    }
  }

  private static void closeAll(List<Socket> sockets) throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private Socket connect(String from) throws IOException {
    Socket socket =
        new Socket(
            InetAddress.getLoopbackAddress(),
            server.contact().port(),
            InetAddress.getByName(from),
            0);
    socket.setSoTimeout(10_000);
    return socket;
  }

  private void sendChunk(TestNode of, Session session, Hash id, int bytes) throws IOException {
    session.sendChunk(id, of.seal(delegate, new Place.OfChunk(id), new byte[bytes]));
  }
}
