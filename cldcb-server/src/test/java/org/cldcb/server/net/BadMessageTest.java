package org.cldcb.server.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cldcb.server.net.TestNode.newDelegate;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.cldcb.chain.Head;
import org.cldcb.chain.Position;
import org.cldcb.codec.Hash;
import org.cldcb.crypto.PrivateKey;
import org.cldcb.format.EnvelopeParts;
import org.cldcb.format.Place;
import org.cldcb.link.Session;
import org.cldcb.wire.Append;
import org.cldcb.wire.AppendHow;
import org.cldcb.wire.BaseHow;
import org.cldcb.wire.BeginBase;
import org.cldcb.wire.Chunk;
import org.cldcb.wire.ClaimRequest;
import org.cldcb.wire.End;
import org.cldcb.wire.ErrorCode;
import org.cldcb.wire.GetRecords;
import org.cldcb.wire.GetStatus;
import org.cldcb.wire.Message;
import org.cldcb.wire.Mode;
import org.cldcb.wire.Offer;
import org.cldcb.wire.Offered;
import org.cldcb.wire.Ping;
import org.cldcb.wire.Pong;
import org.cldcb.wire.PutManifest;
import org.cldcb.wire.RefusalCode;
import org.cldcb.wire.Segment;
import org.cldcb.wire.Stored;
import org.junit.jupiter.api.Test;

/** Messages that have no place, and what comes of them. */
class BadMessageTest extends ClaimedNode {
  private static final Hash ID = Hash.of(new byte[32]);

  @Test
  void readingSessionMayNotWrite() throws IOException {
    for (Message message : writes()) {
      try (Session session = node.read(server.contact(), delegate)) {
        session.send(message);
        Expect.end(ErrorCode.BAD_MESSAGE, session);
      }
    }
  }

  private List<Message> writes() throws IOException {
    Position position = new Position(1, 1, 0, Hash.ZERO);
    byte[] part = node.seal(delegate, new Place.OfRecord(position), new byte[1]).next();
    return List.of(
        new Append(AppendHow.APPEND, position, Hash.ZERO, part),
        new BeginBase(),
        new Offer(List.of(ID)),
        new Chunk(ID, part),
        new PutManifest(BaseHow.CHAIN_START, position, Hash.ZERO, Hash.ZERO, part));
  }

  @Test
  void bulkSessionMayNotAppend() throws IOException {
    try (Session writer = write();
        Session bulk = node.open(server.contact(), delegate, Mode.BULK, writer.welcome().epoch())) {
      bulk.send(writes().get(0));
      Expect.end(ErrorCode.BAD_MESSAGE, bulk);
    }
  }

  @Test
  void bulkSessionWithoutEpochOnlyStoresChunks() throws IOException {
    try (Session bulk = node.open(server.contact(), delegate, Mode.BULK, 0)) {
      bulk.send(new Offer(List.of(ID)));
      bulk.receive(Offered.class);
      sendChunk(bulk, ID, new byte[10]);
      bulk.receive(Stored.class);
      bulk.send(new BeginBase());
      Expect.end(ErrorCode.BAD_MESSAGE, bulk);
    }
  }

  @Test
  void manifestNeedsABeginning() throws IOException {
    try (Session session = write()) {
      session.send(writes().get(4));
      Expect.end(ErrorCode.BAD_MESSAGE, session);
    }
  }

  @Test
  void writingSessionMayNotClaim() throws IOException {
    try (Session session = write()) {
      session.send(
          new ClaimRequest(2, node.claim(2, delegate, server.contact()).signature(), Head.EMPTY));
      Expect.end(ErrorCode.BAD_MESSAGE, session);
    }
  }

  @Test
  void claimThatTheNodeDidNotSignIsRefused() throws IOException {
    PrivateKey next = newDelegate();
    try (Session session = node.read(server.contact(), next)) {
      session.send(
          new ClaimRequest(
              2, new TestNode().claim(2, next, server.contact()).signature(), Head.EMPTY));
      Expect.refusal(RefusalCode.BAD_CLAIM, session::receive);
      session.ping();
    }
  }

  @Test
  void messagesOfTheServerAreOutOfPlace() throws IOException {
    for (Message message : List.of(new Pong(1), new End(Head.EMPTY, Head.EMPTY))) {
      try (Session session = write()) {
        session.send(message);
        Expect.end(ErrorCode.BAD_MESSAGE, session);
      }
    }
  }

  @Test
  void secondHelloIsOutOfPlace() throws IOException {
    try (Session session = write()) {
      session.send(node.hello(delegate, Mode.READ, 0));
      Expect.end(ErrorCode.BAD_MESSAGE, session);
    }
  }

  @Test
  void segmentNeedsAnEnvelope() throws IOException {
    try (Session session = write()) {
      session.send(new Segment(new byte[100]));
      Expect.end(ErrorCode.BAD_MESSAGE, session);
    }
  }

  @Test
  void nothingMayComeBetweenSegments() throws IOException {
    try (Session session = write()) {
      session.send(new Chunk(ID, chunk(new byte[40_000]).next()));
      session.send(new Ping(1));
      Expect.end(ErrorCode.BAD_MESSAGE, session);
    }
  }

  @Test
  void furtherSegmentMustBeWellFormed() throws IOException {
    try (Session session = write()) {
      session.send(new Chunk(ID, chunk(new byte[40_000]).next()));
      session.send(new Segment(new byte[33]));
      Expect.end(ErrorCode.BAD_MESSAGE, session);
    }
  }

  @Test
  void firstPartMustBeWellFormed() throws IOException {
    try (Session session = write()) {
      session.send(new Chunk(ID, new byte[100]));
      Expect.end(ErrorCode.BAD_MESSAGE, session);
    }
  }

  @Test
  void chunkOverTheLimitEndsTheConnection() throws IOException {
    try (Session session = write()) {
      sendChunk(session, ID, new byte[3 << 20]);
      Expect.end(ErrorCode.OVER_LIMIT, session);
    }
  }

  @Test
  void clientThatIsStillSendingLearnsWhyToo() throws Exception {
    try (RawClient client = new RawClient(server.contact(), delegate)) {
      client.send(node.hello(delegate, Mode.WRITE, 0));
      client.receive();
      EnvelopeParts parts = chunk(new byte[16 << 20]);
      client.send(new Chunk(ID, parts.next()));
      while (parts.hasNext()) {
        client.send(new Segment(parts.next()));
      }
      assertThat(client.receive().toString()).contains("OVER_LIMIT");
      assertThat(client.isAtEnd()).isTrue();
    }
  }

  @Test
  void unknownMessageEndsTheConnection() throws Exception {
    try (RawClient client = new RawClient(server.contact(), delegate)) {
      client.send(node.hello(delegate, Mode.READ, 0));
      client.receive();
      client.send(new byte[] {0, 99});
      assertThat(client.receive().toString()).contains("BAD_MESSAGE");
      assertThat(client.isAtEnd()).isTrue();
    }
  }

  @Test
  void failureOfTheStoreEndsTheConnection() throws IOException {
    Map<String, Message> requests =
        Map.of(
            "status", new GetStatus(),
            "records", new GetRecords(0),
            "offer", new Offer(List.of(ID)),
            "beginBase", new BeginBase());
    for (Map.Entry<String, Message> request : requests.entrySet()) {
      spy.fail(request.getKey());
      try (Session session = write()) {
        session.send(request.getValue());
        Expect.end(ErrorCode.SERVER_FAILED, session);
      }
    }
  }

  private Session write() throws IOException {
    return node.write(server.contact(), delegate);
  }

  private EnvelopeParts chunk(byte[] plaintext) throws IOException {
    return node.seal(delegate, new Place.OfChunk(ID), plaintext);
  }

  private void sendChunk(Session session, Hash id, byte[] plaintext) throws IOException {
    session.sendChunk(id, node.seal(delegate, new Place.OfChunk(id), plaintext));
  }
}
