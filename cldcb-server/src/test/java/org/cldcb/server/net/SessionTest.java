package org.cldcb.server.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cldcb.server.net.ServerRig.RANDOM;

import java.io.IOException;
import java.util.List;
import org.cldcb.chain.ChainDigest;
import org.cldcb.chain.Head;
import org.cldcb.chain.Position;
import org.cldcb.codec.Hash;
import org.cldcb.format.EnvelopeParts;
import org.cldcb.format.FirstPart;
import org.cldcb.format.Place;
import org.cldcb.format.Segment;
import org.cldcb.link.Session;
import org.cldcb.wire.Base;
import org.cldcb.wire.BaseHow;
import org.cldcb.wire.Based;
import org.cldcb.wire.Chunk;
import org.cldcb.wire.Claims;
import org.cldcb.wire.End;
import org.cldcb.wire.GetBase;
import org.cldcb.wire.GetChunks;
import org.cldcb.wire.GetClaims;
import org.cldcb.wire.GetRecords;
import org.cldcb.wire.Offer;
import org.cldcb.wire.Offered;
import org.cldcb.wire.Ping;
import org.cldcb.wire.Pong;
import org.cldcb.wire.RefusalCode;
import org.cldcb.wire.Standing;
import org.cldcb.wire.Stored;
import org.cldcb.wire.StoredRecord;
import org.junit.jupiter.api.Test;

class SessionTest extends ClaimedNode {
  private static final Hash ID = Hash.of(new byte[32]);
  private static final Hash OTHER_ID = ChainDigest.chainStart(ID);

  @Test
  void recordOfManySegmentsComesBackAsItWent() throws IOException {
    byte[] large = new byte[2 << 20];
    RANDOM.nextBytes(large);
    try (Session session = write()) {
      Head base = node.startChain(session, delegate).head();
      Head head = node.append(session, delegate, base, large);
      session.send(new GetRecords(base.seq()));
      StoredRecord record = session.receive(StoredRecord.class);
      assertThat(record.position()).isEqualTo(base.next(1));
      Hash digest = digest(new Place.OfRecord(record.position()), session, record.part());
      assertThat(record.position().headWith(digest)).isEqualTo(head);
      assertThat(session.receive(End.class).head()).isEqualTo(head);
    }
  }

  @Test
  void chunksAndManifestComeBackAsTheyWent() throws IOException {
    byte[] chunk = new byte[100_000];
    RANDOM.nextBytes(chunk);
    try (Session session = write()) {
      session.beginBase();
      session.send(new Offer(List.of(ID)));
      session.send(new Offer(List.of(OTHER_ID, ID)));
      sendChunk(session, ID, chunk);
      sendChunk(session, OTHER_ID, new byte[10]);
      assertThat(session.receive(Offered.class).digests()).containsExactly(Hash.ZERO);
      assertThat(session.receive(Offered.class).digests()).hasSize(2).containsOnly(Hash.ZERO);
      Hash digest = session.receive(Stored.class).digest();
      session.receive(Stored.class);
      Position position = new Position(1, 1, 0, Hash.ZERO);
      EnvelopeParts manifest =
          node.seal(delegate, new Place.OfManifest(position), new byte[50_000]);
      Based based =
          session.putManifest(
              BaseHow.CHAIN_START,
              position,
              session.welcome().head().digest(),
              Hash.ZERO,
              manifest);
      assertThat(based.head()).isEqualTo(position.asHead());

      session.send(new GetBase(Hash.ZERO));
      Base base = session.receive(Base.class);
      assertThat(digest(new Place.OfManifest(position), session, base.part()))
          .isEqualTo(manifest.digest());
      session.send(new GetChunks(List.of(OTHER_ID, ID)));
      assertThat(session.receive(Chunk.class).id()).isEqualTo(OTHER_ID);
      assertThat(digest(new Place.OfChunk(ID), session, session.receive(Chunk.class).part()))
          .isEqualTo(digest);
    }
  }

  @Test
  void manifestWithoutItsChunksIsRefusedAndMayBeSentAgain() throws IOException {
    try (Session session = write()) {
      session.beginBase();
      session.send(new Offer(List.of(ID)));
      session.receive(Offered.class);
      Expect.refusal(RefusalCode.CHUNKS_MISSING, () -> node.startChain(session, delegate, false));
      sendChunk(session, ID, new byte[10]);
      session.receive(Stored.class);
      assertThat(node.startChain(session, delegate, false).head().seq()).isEqualTo(1);
    }
  }

  @Test
  void newBeginBaseForgetsWhatWasOffered() throws IOException {
    try (Session session = write()) {
      session.beginBase();
      session.send(new Offer(List.of(ID)));
      session.receive(Offered.class);
      assertThat(node.startChain(session, delegate).head().seq()).isEqualTo(1);
    }
  }

  @Test
  void answersComeInTheOrderOfTheRequests() throws IOException {
    try (Session session = write()) {
      session.send(new GetClaims(1));
      session.send(new Ping(1));
      session.send(new Offer(List.of(ID)));
      session.send(new GetRecords(0));
      session.send(new Ping(2));
      assertThat(session.receive(Claims.class).claims()).hasSize(1);
      assertThat(session.receive(Pong.class).value()).isEqualTo(1);
      session.receive(Offered.class);
      session.receive(End.class);
      assertThat(session.receive(Pong.class).value()).isEqualTo(2);
    }
  }

  @Test
  void manyRequestsAtOnceAreAllAnswered() throws IOException {
    int count = 20_000;
    try (Session session = write()) {
      Thread sender =
          new Thread(
              () -> {
                try {
                  for (int i = 0; i < count; i++) {
                    session.send(new Ping(i));
                  }
                } catch (IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              });
      sender.start();
      for (int i = 0; i < count - 1_000; i++) {
        assertThat(session.receive(Pong.class).value()).isEqualTo(i);
      }
    }
  }

  @Test
  void missingChunkIsRefusedAndTheSessionGoesOn() throws IOException {
    try (Session session = write()) {
      session.send(new GetChunks(List.of(ID, ID)));
      Expect.refusal(RefusalCode.NOT_FOUND, session::receive);
      session.ping();
    }
  }

  @Test
  void missingBaseIsRefused() throws IOException {
    try (Session session = write()) {
      session.send(new GetBase(Hash.ZERO));
      Expect.refusal(RefusalCode.NOT_FOUND, session::receive);
    }
  }

  @Test
  void appendWithoutABaseIsRefused() throws IOException {
    try (Session session = write()) {
      Expect.refusal(
          RefusalCode.NO_USABLE_BASE,
          () -> node.append(session, delegate, Head.EMPTY, new byte[1]));
    }
  }

  @Test
  void everythingIsThereAfterARestart() throws IOException {
    Head head;
    try (Session session = write()) {
      Head base = node.startChain(session, delegate).head();
      head = node.append(session, delegate, base, new byte[1000]);
    }
    server.restart();
    try (Session session = node.read(server.contact(), delegate)) {
      assertThat(session.welcome().standing()).isEqualTo(Standing.CLAIMANT);
      assertThat(session.welcome().head()).isEqualTo(head);
      session.send(new GetRecords(0));
      session.receive(StoredRecord.class);
      session.receive(End.class);
      assertThat(session.status().records()).isEqualTo(1);
    }
  }

  @Test
  void slowReaderOfALongChainCostsTheServerLittle() throws Exception {
    int records = 12;
    byte[] large = new byte[1 << 20];
    RANDOM.nextBytes(large);
    try (Session session = write()) {
      Head head = node.startChain(session, delegate).head();
      for (int i = 0; i < records; i++) {
        head = node.append(session, delegate, head, large);
      }
      session.send(new GetRecords(0));
      StoredRecord first = session.receive(StoredRecord.class);
      Thread.sleep(1_000);
      // What wasn't taken yet fills the buffers of the sockets, and is read no further.
      assertThat(spy.calls("segment")).isLessThan(records * 32 - 32);
      digest(new Place.OfRecord(first.position()), session, first.part());
      for (int i = 1; i < records; i++) {
        StoredRecord record = session.receive(StoredRecord.class);
        digest(new Place.OfRecord(record.position()), session, record.part());
      }
      assertThat(session.receive(End.class).head()).isEqualTo(head);
    }
  }

  private Session write() throws IOException {
    return node.write(server.contact(), delegate);
  }

  private void sendChunk(Session session, Hash id, byte[] plaintext) throws IOException {
    session.sendChunk(id, node.seal(delegate, new Place.OfChunk(id), plaintext));
  }

  /** Receives the rest of an envelope and gives the digest of all of it. */
  private static Hash digest(Place place, Session session, byte[] first) throws IOException {
    ChainDigest digest = place.digest().update(first);
    boolean last = FirstPart.parse(first).segment().last();
    while (!last) {
      byte[] part = session.receivePart();
      digest.update(part);
      last = Segment.parse(part).last();
    }
    return digest.finish();
  }
}
