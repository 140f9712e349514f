package org.cldcb.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cldcb.server.store.Answers.assertRefused;
import static org.cldcb.server.store.Bench.CHUNK;

import java.nio.file.Path;
import java.util.List;
import org.cldcb.chain.ChainDigest;
import org.cldcb.chain.Head;
import org.cldcb.chain.Position;
import org.cldcb.codec.Hash;
import org.cldcb.wire.AppendHow;
import org.cldcb.wire.Appended;
import org.cldcb.wire.BaseHow;
import org.cldcb.wire.Based;
import org.cldcb.wire.RefusalCode;
import org.cldcb.wire.Stored;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Rot in the file, made behind the store's back, is found. */
@Timeout(120)
class SqliteStoreScrubTest {
  private static final Hash OTHER = Envelopes.hash("another chunk");
  private static final long ALL = 1 << 30;

  @TempDir Path dir;
  private Bench bench;
  private SqliteFile file;
  private Client client;

  @BeforeEach
  void openStore() {
    bench = new Bench(dir, SqliteFile::open);
    file = new SqliteFile(dir);
    client = bench.based();
  }

  @AfterEach
  void closeStore() {
    file.close();
    bench.close();
  }

  private void scrub() {
    bench.store().scrub(ALL);
  }

  @Test
  void soundDataStaysAsItIs() {
    client.append(5);
    appendLarge();
    client.replace();
    client.onHead(client.head(), CHUNK, OTHER);
    client.append(2);
    client.startChain(OTHER);
    client.append(2);
    HeadState before = bench.store().head(client.backup());
    scrub();
    scrub();
    assertThat(bench.store().head(client.backup())).isEqualTo(before);
    assertThat(WholeChain.assertWhole(bench.store(), client)).hasSize(2);
  }

  @Test
  void rotInAnyLayerMakesTheBaseUnusable() {
    client.append(2);
    client.delta(client.head());
    client.append();
    client.delta(client.head());
    scrub();
    assertThat(bench.store().head(client.backup()).flags().usableBase()).isTrue();
    for (String rotten :
        List.of(
            "base WHERE depth = 0",
            "base WHERE depth = 1",
            "base WHERE depth = 2",
            "chunk_first WHERE id = (SELECT min(id) FROM chunk_first)")) {
      Hash parent = client.baseDigest();
      file.flip("first", rotten);
      scrub();
      assertThat(bench.store().head(client.backup()).flags().usableBase()).as(rotten).isFalse();
      assertRefused(
          client.tryDelta(client.head(), client.head().generation() + 1, parent),
          RefusalCode.CHUNKS_MISSING,
          client);
      if (!rotten.startsWith("chunk")) {
        file.flip("first", rotten);
      }
      file.execute("UPDATE backup SET base_usable = 1");
    }
  }

  @Test
  void rotInAFormerLayerDoesNotConcernTheCurrentBase() {
    client.delta(client.head());
    client.startChain(OTHER);
    client.append();
    file.flip("first", "base WHERE depth = 0 AND generation = 1");
    file.flip("first", "base WHERE depth = 1");
    scrub();
    assertThat(bench.store().head(client.backup()).flags().usableBase()).isTrue();
  }

  @Test
  void aRottenChunkMakesTheBaseUnusable() {
    client.append(2);
    file.flip("first", "chunk_first");
    scrub();
    assertUnusable();
    assertThat(client.offer(0, CHUNK)).containsExactly(Hash.ZERO);
    assertThat(bench.store().chunk(client.backup(), CHUNK)).isEmpty();
  }

  @Test
  void aRottenDigestIsRotToo() {
    file.flip("digest", "chunk");
    scrub();
    assertUnusable();
    assertThat(client.offer(0, CHUNK)).containsExactly(Hash.ZERO);
  }

  @Test
  void aChunkWithoutItsBytesIsRotten() {
    file.execute("DELETE FROM chunk_first");
    scrub();
    assertUnusable();
    assertThat(client.offer(0, CHUNK)).containsExactly(Hash.ZERO);
  }

  @Test
  void aRottenSegmentOfAChunkIsFound() {
    chunkLarge();
    client.onHead(client.head(), OTHER);
    file.flip("bytes", "chunk_segment WHERE n = 1");
    scrub();
    assertUnusable();
    assertThat(client.offer(0, OTHER)).containsExactly(Hash.ZERO);
  }

  @Test
  void aSegmentThatIsGoneIsRot() {
    chunkLarge();
    client.onHead(client.head(), OTHER);
    file.execute("DELETE FROM chunk_segment WHERE n = 1");
    scrub();
    assertUnusable();
    assertThat(client.offer(0, OTHER)).containsExactly(Hash.ZERO);
  }

  private void chunkLarge() {
    Envelope large =
        Envelopes.segmented(ChainDigest.ofChunk(OTHER), new byte[100], segments(), dir);
    Client.as(Stored.class, Client.join(bench.store().chunk(client.writer(), OTHER, large)));
  }

  private static List<byte[]> segments() {
    return List.of(Envelopes.segment(1, 400, false), Envelopes.segment(2, 300, true));
  }

  @Test
  void aRottenChunkThatTheBaseDoesNotNeedIsForgotten() {
    client.chunk(OTHER);
    file.flip("first", "chunk_first WHERE rowid = 2");
    scrub();
    assertThat(client.offer(0, CHUNK, OTHER)).last().isEqualTo(Hash.ZERO);
    client.append();
    WholeChain.assertWhole(bench.store(), client);
  }

  @Test
  void rotInOneBackupConcernsNoOther() {
    client.append();
    Client other = bench.client(1, "signet", 1).claim().write();
    other.startChain(CHUNK);
    other.append();
    file.flip("first", "chunk_first WHERE rowid = 2");
    file.flip("first", "record ORDER BY id DESC LIMIT 1");
    scrub();
    assertThat(other.baseUsable()).isFalse();
    assertThat(WholeChain.assertWhole(bench.store(), client)).hasSize(1);
  }

  @Test
  void aRottenManifestMakesTheBaseUnusable() {
    file.flip("first", "base");
    scrub();
    assertUnusable();
  }

  @Test
  void aRottenPlaceOfTheBaseMakesItUnusable() {
    file.execute("UPDATE base SET data_version = data_version + 1");
    scrub();
    assertUnusable();
  }

  @Test
  void aRottenSegmentOfAManifestMakesTheBaseUnusable() {
    Position at = client.chainStart();
    Envelope large =
        Envelopes.segmented(ChainDigest.ofManifest(at), new byte[100], segments(), dir);
    Client.as(
        Based.class,
        Client.join(
            bench
                .store()
                .manifest(
                    client.writer(),
                    client.begin(),
                    BaseHow.CHAIN_START,
                    at,
                    client.head().digest(),
                    Hash.ZERO,
                    large)));
    client.append();
    file.flip("bytes", "manifest_segment WHERE n = 0");
    scrub();
    assertUnusable();
  }

  @Test
  void aRottenRecordMakesTheBaseUnusable() {
    client.append(5);
    file.flip("first", "record WHERE (id & 255) = 4");
    scrub();
    assertUnusable();
  }

  @Test
  void aRottenPlaceOfARecordMakesTheBaseUnusable() {
    client.append(5);
    file.execute("UPDATE record SET generation = 0 WHERE (id & 255) = 4");
    scrub();
    assertUnusable();
  }

  @Test
  void aRottenSegmentOfARecordMakesTheBaseUnusable() {
    appendLarge();
    client.append();
    file.flip("bytes", "record_segment WHERE n = 1");
    scrub();
    assertUnusable();
  }

  private void appendLarge() {
    Head head = client.head();
    Position at = head.next(head.dataVersion() + 1);
    Envelope large = Envelopes.segmented(ChainDigest.ofRecord(at), new byte[100], segments(), dir);
    Client.as(Appended.class, Client.join(client.send(AppendHow.APPEND, at, head.digest(), large)));
  }

  @Test
  void whatTheCurrentBaseDoesNotNeedMayRot() {
    client.append(3);
    client.replace();
    client.onHead(client.head(), OTHER);
    file.flip("first", "record WHERE (id & 255) = 3");
    file.flip("first", "base ORDER BY id LIMIT 1");
    file.flip("first", "record ORDER BY id DESC LIMIT 1");
    scrub();
    client.append();
    assertThat(WholeChain.assertWhole(bench.store(), client)).hasSize(1);
  }

  @Test
  void aNewChainStartHeals() {
    client.append(2);
    file.flip("first", "chunk_first");
    scrub();
    client.startChain(CHUNK);
    client.append(2);
    scrub();
    assertThat(WholeChain.assertWhole(bench.store(), client)).hasSize(2);
  }

  @Test
  void aBaseOnTheHeadHealsARottenRecord() {
    client.append(5);
    file.flip("first", "record WHERE (id & 255) = 4");
    scrub();
    client.onHead(client.head(), CHUNK);
    client.append();
    scrub();
    assertThat(WholeChain.assertWhole(bench.store(), client)).hasSize(1);
  }

  @Test
  void aBaseBelowARottenRecordDoesNotHealIt() {
    client.append(2);
    Head passed = client.head();
    client.append(3);
    file.flip("first", "record WHERE (id & 255) = 5");
    scrub();
    assertRefused(
        client.tryOnHead(client.prepare(CHUNK), passed, 2, CHUNK), RefusalCode.HEAD_MOVED, client);
    assertUnusable();
  }

  @Test
  void aRepeatIsNotAcknowledgedUponARottenChain() {
    Head head = client.head();
    Position at = head.next(head.dataVersion() + 1);
    Envelope envelope = Envelopes.record(at, "content");
    Client.join(client.send(AppendHow.APPEND, at, head.digest(), envelope));
    file.flip("first", "chunk_first");
    scrub();
    assertRefused(
        Client.join(client.send(AppendHow.APPEND, at, head.digest(), envelope)),
        RefusalCode.NO_USABLE_BASE,
        client);
  }

  /** Its manifest names the digest of the envelope that was there, not of the one that came. */
  @Test
  void aBaseInTheMakingDoesNotOutliveAChunkThatRotted() {
    long pending = client.prepare(CHUNK);
    file.flip("first", "chunk_first");
    scrub();
    client.chunk(CHUNK);
    Hash expected = client.head().digest();
    assertRefused(
        client.tryManifest(pending, BaseHow.CHAIN_START, client.chainStart(), expected, CHUNK),
        RefusalCode.CHUNKS_MISSING,
        client);
    client.startChain(CHUNK);
    WholeChain.assertWhole(bench.store(), client);
  }

  @Test
  void aScrubGoesRoundPieceByPiece() {
    client.append(10);
    for (int i = 0; i < 10; i++) {
      client.chunk(Envelopes.hash("chunk " + i));
    }
    bench.store().scrub(1);
    file.flip("first", "chunk_first WHERE rowid = 1");
    bench.store().scrub(1);
    assertThat(client.baseUsable()).isTrue();
    for (int i = 0; i < 11; i++) {
      bench.store().scrub(1);
    }
    assertUnusable();
  }

  private void assertUnusable() {
    assertThat(client.baseUsable()).isFalse();
    Head head = client.head();
    assertRefused(client.tryAppend(head), RefusalCode.NO_USABLE_BASE, client);
    assertThat(client.head()).isEqualTo(head);
  }
}
