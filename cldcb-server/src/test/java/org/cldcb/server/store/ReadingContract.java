package org.cldcb.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.cldcb.server.store.Bench.CHUNK;

import java.util.ArrayList;
import java.util.List;
import org.cldcb.chain.ChainDigest;
import org.cldcb.chain.Head;
import org.cldcb.chain.Position;
import org.cldcb.codec.Hash;
import org.cldcb.wire.AppendHow;
import org.cldcb.wire.Appended;
import org.cldcb.wire.BaseHow;
import org.cldcb.wire.Based;
import org.cldcb.wire.Stored;
import org.junit.jupiter.api.Test;

/** Reading back. */
interface ReadingContract {
  /** Header and segment as large as they may be. */
  int LARGE_FIRST = 67 + 32_800;

  Bench bench();

  private List<StoredEnvelope> records(Client client, long after, int bytes) {
    return bench().store().records(client.backup(), after, bytes);
  }

  @Test
  default void aBackupThatIsNotThereIsEmpty() {
    Client client = bench().client(1, "regtest", 1);
    assertThat(client.head()).isEqualTo(Head.EMPTY);
    assertThat(client.baseUsable()).isFalse();
    assertThat(bench().store().base(client.backup(), Hash.ZERO)).isEmpty();
    assertThat(records(client, 0, 1000)).isEmpty();
    assertThat(bench().store().claims(client.backup(), 0)).isEmpty();
    assertThat(bench().store().summaries()).isEmpty();
  }

  @Test
  default void recordsComeInOrderAfterASeq() {
    Client client = bench().based();
    client.append(5);
    assertThat(records(client, 3, 1 << 20))
        .extracting(record -> record.position().seq())
        .containsExactly(4L, 5L, 6L);
    assertThat(records(client, 6, 1 << 20)).isEmpty();
    assertThat(records(client, Long.MAX_VALUE, 1 << 20)).isEmpty();
  }

  @Test
  default void atLeastOneRecordComes() {
    Client client = bench().based();
    client.append(3);
    assertThat(records(client, 1, 1)).hasSize(1);
    assertThat(records(client, 1, 0)).hasSize(1);
  }

  @Test
  default void onlyAboutSoManyBytesCome() {
    Client client = bench().based();
    for (int i = 0; i < 10; i++) {
      append(client, "x".repeat(100));
    }
    assertThat(records(client, 1, 100)).hasSize(1);
    assertThat(records(client, 1, 101)).hasSize(2);
    assertThat(records(client, 1, 500)).hasSize(5);
    assertThat(records(client, 1, 1 << 20)).hasSize(10);
  }

  @Test
  default void aLongChainIsReadPageByPage() {
    Client client = bench().based();
    client.appendAtOnce(9000);
    assertThat(records(client, 1, Integer.MAX_VALUE)).hasSizeBetween(1, 9000);
    assertThat(WholeChain.assertWhole(bench().store(), client)).hasSize(9000);
  }

  @Test
  default void recordsOfOtherChainsDoNotCome() {
    Client client = bench().based();
    client.append(3);
    client.startChain(CHUNK);
    client.append(2);
    client.replace();
    Client other = bench().client(1, "signet", 1).claim().write();
    other.startChain(CHUNK);
    other.append(4);
    assertThat(records(client, 0, 1 << 20))
        .extracting(record -> record.position().seq())
        .containsExactly(6L, 7L);
    assertThat(records(other, 0, 1 << 20)).hasSize(4);
  }

  @Test
  default void aLargeRecordIsReadBackAsItCame() {
    Client client = bench().based();
    Head head = client.head();
    Position at = head.next(head.dataVersion() + 1);
    List<byte[]> segments = segments(5);
    Envelope envelope = large(ChainDigest.ofRecord(at), segments);
    Client.as(
        Appended.class, Client.join(client.send(AppendHow.APPEND, at, head.digest(), envelope)));
    assertReadBack(records(client, head.seq(), 1).get(0), envelope, segments);
    assertThat(bench().store().status(client.backup()).recordBytes()).isEqualTo(envelope.size());
    client.append();
    assertThat(WholeChain.assertWhole(bench().store(), client)).hasSize(2);
  }

  @Test
  default void aLargeRecordMayReplaceAndBeReplaced() {
    Client client = bench().based();
    client.append();
    for (int length = 1; length <= 3; length++) {
      Head head = client.head();
      Head parent = client.parent();
      Position at = parent.next(parent.dataVersion() + 1);
      List<byte[]> segments = segments(length);
      Envelope envelope = large(ChainDigest.ofRecord(at), segments);
      Client.as(
          Appended.class, Client.join(client.send(AppendHow.REPLACE, at, head.digest(), envelope)));
      assertReadBack(records(client, parent.seq(), 1).get(0), envelope, segments);
    }
    client.replace();
    assertThat(WholeChain.assertWhole(bench().store(), client)).hasSize(1);
  }

  @Test
  default void aLargeChunkIsReadBackAsItCame() {
    Client client = bench().claimant();
    List<byte[]> segments = segments(31);
    Envelope envelope = large(ChainDigest.ofChunk(CHUNK), segments);
    Stored stored =
        Client.as(
            Stored.class, Client.join(bench().store().chunk(client.writer(), CHUNK, envelope)));
    assertThat(stored.digest()).isEqualTo(envelope.digest());
    assertReadBack(bench().store().chunk(client.backup(), CHUNK).orElseThrow(), envelope, segments);
  }

  @Test
  default void aLargeManifestIsReadBackAsItCame() {
    Client client = bench().claimant();
    Position at = client.chainStart();
    List<byte[]> segments = segments(12);
    Envelope envelope = large(ChainDigest.ofManifest(at), segments);
    Client.as(
        Based.class,
        Client.join(
            bench()
                .store()
                .manifest(
                    client.writer(),
                    client.begin(),
                    BaseHow.CHAIN_START,
                    at,
                    Hash.ZERO,
                    Hash.ZERO,
                    envelope)));
    assertReadBack(
        bench().store().base(client.backup(), Hash.ZERO).orElseThrow(), envelope, segments);
  }

  @Test
  default void aSegmentThatIsNotThereIsAFailure() {
    Client client = bench().based();
    client.append();
    StoredEnvelope record = records(client, 1, 1).get(0);
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> bench().store().segment(record.key(), 0));
  }

  private Envelope large(ChainDigest digest, List<byte[]> segments) {
    byte[] first = Envelopes.segment(99, LARGE_FIRST - 4, false);
    return Envelopes.segmented(digest, first, segments, bench().dir());
  }

  private static List<byte[]> segments(int count) {
    List<byte[]> segments = new ArrayList<>();
    for (int n = 1; n < count; n++) {
      segments.add(Envelopes.segment(n, 32_796, false));
    }
    segments.add(Envelopes.segment(count, 29 + count, true));
    return segments;
  }

  private void assertReadBack(StoredEnvelope stored, Envelope sent, List<byte[]> segments) {
    assertThat(stored.first()).isEqualTo(sent.first());
    assertThat(stored.segments()).isEqualTo(segments.size());
    for (int n = 0; n < segments.size(); n++) {
      assertThat(bench().store().segment(stored.key(), n)).isEqualTo(segments.get(n));
    }
  }

  private static void append(Client client, String content) {
    Head head = client.head();
    Position at = head.next(head.dataVersion() + 1);
    Envelope envelope = Envelopes.record(at, content);
    Client.as(
        Appended.class, Client.join(client.send(AppendHow.APPEND, at, head.digest(), envelope)));
  }
}
