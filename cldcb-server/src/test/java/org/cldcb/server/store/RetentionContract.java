package org.cldcb.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.cldcb.server.store.Bench.CHUNK;
import static org.cldcb.server.store.Bench.DISPLACED_KEPT;
import static org.cldcb.server.store.Bench.MOMENT;
import static org.cldcb.server.store.Bench.ROUTINE_KEPT;
import static org.cldcb.server.store.Bench.UNREFERENCED_KEPT;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.cldcb.chain.ChainDigest;
import org.cldcb.chain.Head;
import org.cldcb.chain.Position;
import org.cldcb.codec.Hash;
import org.cldcb.wire.AppendHow;
import org.cldcb.wire.Appended;
import org.cldcb.wire.BaseHow;
import org.cldcb.wire.Based;
import org.junit.jupiter.api.Test;

/** What is kept, by the server's clock, and what is not. */
interface RetentionContract {
  Hash OTHER = Envelopes.hash("another chunk");
  Duration CENTURY = Duration.ofDays(36_500);

  Bench bench();

  private long generations(Client client) {
    return bench().store().status(client.backup()).generations();
  }

  private long branches(Client client) {
    return bench().store().status(client.backup()).branches();
  }

  private boolean has(Client client, Hash chunk) {
    return bench().store().chunk(client.backup(), chunk).isPresent();
  }

  private List<Long> seqs(Client client) {
    return bench().store().records(client.backup(), 0, 1 << 20).stream()
        .map(record -> record.position().seq())
        .toList();
  }

  @Test
  default void whatIsCurrentIsKeptForEver() {
    Client client = bench().based();
    client.append(3);
    bench().sweepAfter(CENTURY);
    assertThat(WholeChain.assertWhole(bench().store(), client)).hasSize(3);
    client.append();
  }

  @Test
  default void aFormerGenerationIsKeptForItsTime() {
    Client client = bench().based();
    client.append(3);
    client.onHead(client.head(), OTHER);
    client.append(2);
    bench().sweepAfter(ROUTINE_KEPT);
    assertThat(generations(client)).isEqualTo(2);
    assertThat(seqs(client)).containsExactly(2L, 3L, 4L, 5L, 6L);
    assertThat(has(client, CHUNK)).isTrue();
    WholeChain.assertWhole(bench().store(), client);
  }

  @Test
  default void aFormerGenerationGoesWithItsRecordsAndChunks() {
    Client client = bench().based();
    client.append(3);
    client.onHead(client.head(), OTHER);
    client.append(2);
    bench().sweepAfter(ROUTINE_KEPT.plus(MOMENT));
    assertThat(generations(client)).isEqualTo(1);
    assertThat(seqs(client)).containsExactly(5L, 6L);
    assertThat(has(client, CHUNK)).isFalse();
    assertThat(WholeChain.assertWhole(bench().store(), client)).hasSize(2);
    client.append();
  }

  @Test
  default void recordsThatTheCurrentBaseNeedsOutliveTheGenerationTheyCameIn() {
    Client client = bench().based();
    client.append(3);
    Head passed = client.head();
    client.append(3);
    client.onHead(passed, CHUNK);
    bench().sweepAfter(ROUTINE_KEPT.plus(MOMENT));
    assertThat(seqs(client)).containsExactly(5L, 6L, 7L);
    assertThat(WholeChain.assertWhole(bench().store(), client)).hasSize(3);
  }

  @Test
  default void eachGenerationHasItsOwnTime() {
    Client client = bench().based();
    client.append(2);
    client.onHead(client.head(), CHUNK);
    bench().clock().advance(ROUTINE_KEPT.dividedBy(2));
    client.append(2);
    client.onHead(client.head(), CHUNK);
    client.append(1);
    bench().sweepAfter(ROUTINE_KEPT.dividedBy(2).plus(MOMENT));
    assertThat(generations(client)).isEqualTo(2);
    assertThat(seqs(client)).containsExactly(4L, 5L, 6L);
    bench().sweepAfter(ROUTINE_KEPT.dividedBy(2));
    assertThat(generations(client)).isEqualTo(1);
    assertThat(seqs(client)).containsExactly(6L);
    WholeChain.assertWhole(bench().store(), client);
  }

  @Test
  default void aReplacedRecordIsKeptForItsTime() {
    Client client = bench().based();
    client.append(2);
    client.replace();
    bench().sweepAfter(ROUTINE_KEPT);
    assertThat(branches(client)).isEqualTo(1);
    bench().sweepAfter(MOMENT);
    assertThat(branches(client)).isZero();
    assertThat(WholeChain.assertWhole(bench().store(), client)).hasSize(2);
  }

  @Test
  default void aReplacedRecordIsReadableUntilItGoes() {
    Client client = bench().based();
    StoredEnvelope.Key key = appendLarge(client);
    client.replace();
    bench().sweepAfter(ROUTINE_KEPT.plus(MOMENT));
    assertThat(branches(client)).isZero();
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> bench().store().segment(key, 0));
    assertThat(WholeChain.assertWhole(bench().store(), client)).hasSize(1);
  }

  private StoredEnvelope.Key appendLarge(Client client) {
    Head head = client.head();
    Position at = head.next(head.dataVersion());
    Envelope large =
        Envelopes.segmented(
            ChainDigest.ofRecord(at),
            new byte[100],
            List.of(Envelopes.segment(1, 500, true)),
            bench().dir());
    Client.as(Appended.class, Client.join(client.send(AppendHow.APPEND, at, head.digest(), large)));
    return bench().store().records(client.backup(), head.seq(), 1).get(0).key();
  }

  @Test
  default void aDisplacedChainIsKeptLonger() {
    Client client = bench().based();
    client.append(2);
    client.startChain(OTHER);
    client.append();
    bench().sweepAfter(DISPLACED_KEPT);
    assertThat(branches(client)).isEqualTo(1);
    assertThat(has(client, CHUNK)).isTrue();
    bench().sweepAfter(MOMENT);
    assertThat(branches(client)).isZero();
    assertThat(has(client, CHUNK)).isFalse();
    assertThat(WholeChain.assertWhole(bench().store(), client)).hasSize(1);
  }

  @Test
  default void anUnreferencedChunkIsKeptForItsTime() {
    Client client = bench().based();
    client.chunk(OTHER);
    bench().sweepAfter(UNREFERENCED_KEPT);
    assertThat(has(client, OTHER)).isTrue();
    bench().sweepAfter(MOMENT);
    assertThat(has(client, OTHER)).isFalse();
    assertThat(client.offer(0, OTHER)).containsExactly(Hash.ZERO);
    WholeChain.assertWhole(bench().store(), client);
  }

  @Test
  default void anOfferedChunkIsKeptAnew() {
    Client client = bench().based();
    client.chunk(OTHER);
    bench().clock().advance(UNREFERENCED_KEPT.minus(MOMENT));
    client.offer(0, OTHER);
    bench().sweepAfter(UNREFERENCED_KEPT.minus(MOMENT));
    assertThat(has(client, OTHER)).isTrue();
  }

  @Test
  default void chunksOfABaseInTheMakingAreKept() {
    Client client = bench().based();
    long pending = client.prepare(OTHER);
    bench().sweepAfter(UNREFERENCED_KEPT.multipliedBy(3));
    int generation = 2;
    assertThat(client.tryOnHead(pending, client.head(), generation, OTHER))
        .isInstanceOf(Based.class);
    WholeChain.assertWhole(bench().store(), client);
  }

  @Test
  default void chunksOfADroppedBaseAreNot() {
    Client client = bench().based();
    long pending = client.prepare(OTHER);
    Client.join(bench().store().dropBase(pending));
    bench().sweepAfter(UNREFERENCED_KEPT.plus(MOMENT));
    assertThat(has(client, OTHER)).isFalse();
    assertThat(has(client, CHUNK)).isTrue();
  }

  @Test
  default void aChunkIsNotKeptForAnotherBackupsSake() {
    Client client = bench().based();
    Client other = bench().client(1, "signet", 1).claim().write();
    other.chunk(CHUNK);
    bench().sweepAfter(UNREFERENCED_KEPT.plus(MOMENT));
    assertThat(has(other, CHUNK)).isFalse();
    WholeChain.assertWhole(bench().store(), client);
  }

  @Test
  default void oneSweepDeletesAllThatIsDue() {
    Client client = bench().based();
    List<Hash> ids = IntStream.range(0, 1234).mapToObj(n -> Envelopes.hash("chunk " + n)).toList();
    ids.stream()
        .map(id -> bench().store().chunk(client.writer(), id, Envelopes.chunk(id, "content")))
        .toList()
        .forEach(Client::join);
    for (int i = 0; i < 5; i++) {
      client.append(2);
      client.replace();
      client.onHead(client.head(), CHUNK);
    }
    bench().sweepAfter(CENTURY);
    assertThat(ids).noneMatch(id -> has(client, id));
    assertThat(branches(client)).isZero();
    assertThat(generations(client)).isEqualTo(1);
    WholeChain.assertWhole(bench().store(), client);
  }

  @Test
  default void figuresOfOtherBackupsStayAsTheyAre() {
    Client client = bench().based();
    client.append(2);
    Client other = bench().client(1, "signet", 1).claim().write();
    other.startChain(CHUNK);
    other.append(3);
    other.startChain(OTHER);
    bench().sweepAfter(CENTURY);
    assertThat(WholeChain.assertWhole(bench().store(), client)).hasSize(2);
    assertThat(WholeChain.assertWhole(bench().store(), other)).isEmpty();
  }

  @Test
  default void aFollowingChainDoesNotMeetTheRecordsOfADeletedOne() {
    Client client = bench().based();
    for (int round = 0; round < 4; round++) {
      client.append(2);
      client.replace();
      bench().sweepAfter(CENTURY);
      client.startChain(CHUNK);
      bench().sweepAfter(CENTURY);
      client.append(3);
      assertThat(WholeChain.assertWhole(bench().store(), client)).hasSize(3);
    }
  }

  @Test
  default void theChainStaysWholeThroughALongLife() {
    Client client = bench().based();
    for (int day = 0; day < 40; day++) {
      liveADay(client, day);
      bench().sweepAfter(Duration.ofHours(20));
      WholeChain.assertWhole(bench().store(), client);
    }
    assertThat(generations(client)).isLessThan(6);
    assertThat(branches(client)).isLessThan(12);
  }

  private void liveADay(Client client, int day) {
    Hash today = Envelopes.hash("day " + day % 4);
    client.append(2);
    Head passed = client.head();
    client.append(1 + day % 3);
    client.replace();
    if (day % 2 == 0) {
      client.onHead(passed, CHUNK, today);
    }
    if (day % 9 == 8) {
      client.startChain(today);
    }
    long pending = client.prepare(Envelopes.hash("pending " + day % 3));
    if (day % 3 == 0) {
      Client.join(bench().store().dropBase(pending));
    } else {
      Head head = client.head();
      client.tryOnHead(pending, head, head.generation() + 1, Envelopes.hash("pending " + day % 3));
    }
    client.append();
    client.tryManifest(client.begin(), BaseHow.CHAIN_START, client.chainStart(), Hash.ZERO);
  }
}
