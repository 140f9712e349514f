package org.cldcb.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cldcb.server.store.Answers.assertRefused;
import static org.cldcb.server.store.Bench.CHUNK;
import static org.cldcb.server.store.Bench.DISPLACED_KEPT;
import static org.cldcb.server.store.Bench.MOMENT;
import static org.cldcb.server.store.Bench.ROUTINE_KEPT;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.cldcb.chain.ChainDigest;
import org.cldcb.chain.Head;
import org.cldcb.chain.Position;
import org.cldcb.codec.Hash;
import org.cldcb.format.DeltaReader;
import org.cldcb.wire.BaseHow;
import org.cldcb.wire.Based;
import org.cldcb.wire.RefusalCode;
import org.junit.jupiter.api.Test;

/** Bases that stand on others. */
interface DeltaContract {
  Bench bench();

  private List<Hash> whole(Client client) {
    return WholeChain.assertWhole(bench().store(), client);
  }

  private boolean hasBase(Client client, Hash digest) {
    return bench().store().base(client.backup(), digest).isPresent();
  }

  private List<Long> kept(Client client) {
    return bench().store().records(client.backup(), 0, 1 << 20).stream()
        .map(record -> record.position().seq())
        .toList();
  }

  @Test
  default void aDeltaIsABaseLikeAnyOther() {
    Client client = bench().based();
    client.append(3);
    Head passed = client.head();
    client.append(2);
    Based based = client.delta(passed);
    assertThat(based.head().generation()).isEqualTo(2);
    assertThat(based.flags().usableBase()).isTrue();
    assertThat(whole(client)).hasSize(2);
    client.append();
    client.delta(client.head());
    assertThat(whole(client)).isEmpty();
    assertThat(bench().store().status(client.backup()).generations()).isEqualTo(3);
  }

  @Test
  default void itNeedsNoBaseInTheMakingAndLeavesItAlone() {
    Client client = bench().based();
    long pending = client.prepare(CHUNK);
    client.delta(client.head());
    client.append();
    client.tryOnHead(pending, client.head(), client.head().generation() + 1, CHUNK);
    assertThat(bench().store().status(client.backup()).generations()).isEqualTo(3);
  }

  @Test
  default void itsBytesAreThoseOfAllLayers() {
    Client client = bench().based();
    long before = bench().store().status(client.backup()).baseBytes();
    client.delta(client.head());
    assertThat(bench().store().status(client.backup()).baseBytes()).isEqualTo(before + 45);
    assertThat(bench().store().status(client.backup()).usedBytes()).isEqualTo(before + 45);
  }

  @Test
  default void onlyTheCurrentBaseIsAParent() {
    Client client = bench().based();
    Hash first = client.baseDigest();
    client.append();
    client.delta(client.head());
    for (Hash parent : List.of(first, Envelopes.hash("nobody"))) {
      assertRefused(
          client.tryDelta(client.head(), client.head().generation() + 1, parent),
          RefusalCode.CHUNKS_MISSING,
          client);
    }
    Client other = bench().client(1, "signet", 1).claim().write();
    other.startChain(CHUNK);
    assertRefused(
        client.tryDelta(client.head(), 3, other.baseDigest()), RefusalCode.CHUNKS_MISSING, client);
    assertThat(whole(client)).isEmpty();
  }

  @Test
  default void whereThereIsNoBaseThereIsNoDelta() {
    Client client = bench().claimant();
    Position at = new Position(1, 1, 7, ChainDigest.chainStart(Envelopes.hash("chain")));
    Hash parent = Envelopes.hash("parent");
    assertRefused(
        Client.join(
            bench()
                .store()
                .manifest(
                    client.writer(),
                    0,
                    BaseHow.CHAIN_START,
                    at,
                    Hash.ZERO,
                    parent,
                    Envelopes.delta(at, "delta", parent))),
        RefusalCode.CHUNKS_MISSING,
        client);
  }

  @Test
  default void aDeltaStartsNoChain() {
    Client client = bench().based();
    Position at = client.chainStart();
    Hash parent = client.baseDigest();
    assertRefused(
        Client.join(
            bench()
                .store()
                .manifest(
                    client.writer(),
                    0,
                    BaseHow.CHAIN_START,
                    at,
                    client.head().digest(),
                    parent,
                    Envelopes.delta(at, "delta", parent))),
        RefusalCode.CHUNKS_MISSING,
        client);
  }

  @Test
  default void aDeltaAskedForAgainIsAnsweredAgain() {
    Client client = bench().based();
    Head head = client.head();
    Position at = new Position(2, head.seq(), head.dataVersion(), head.digest());
    Hash parent = client.baseDigest();
    Envelope envelope = Envelopes.delta(at, "content", parent);
    List<Object> answers = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      answers.add(
          Client.join(
              bench()
                  .store()
                  .manifest(
                      client.writer(), 0, BaseHow.ON_HEAD, at, head.digest(), parent, envelope)));
    }
    assertThat(answers.get(0)).isInstanceOf(Based.class).isEqualTo(answers.get(1));
    assertThat(bench().store().status(client.backup()).generations()).isEqualTo(2);
  }

  @Test
  default void soManyLayersAndNoMore() {
    Client client = bench().based();
    for (int depth = 1; depth <= DeltaReader.MAX_DEPTH; depth++) {
      client.append();
      client.delta(client.head());
    }
    assertRefused(
        client.tryDelta(client.head(), client.head().generation() + 1, client.baseDigest()),
        RefusalCode.CHUNKS_MISSING,
        client);
    assertThat(whole(client)).isEmpty();
    client.onHead(client.head(), CHUNK);
    client.delta(client.head());
    assertThat(whole(client)).isEmpty();
  }

  @Test
  default void whatABaseStandsOnIsKeptAsLongAsThat() {
    Client client = bench().based();
    Hash full = client.baseDigest();
    client.append(2);
    client.delta(client.head());
    Hash middle = client.baseDigest();
    client.append(2);
    client.delta(client.head());
    client.append();
    bench().sweepAfter(ROUTINE_KEPT.plus(MOMENT));
    // As generations they are over, with their records.
    assertThat(bench().store().status(client.backup()).generations()).isEqualTo(1);
    assertThat(kept(client)).containsExactly(6L);
    assertThat(whole(client)).hasSize(1);
    bench().sweepAfter(Duration.ofDays(36_500));
    assertThat(whole(client)).hasSize(1);
    client.append();
    client.delta(client.head());
    assertThat(whole(client)).isEmpty();

    client.onHead(client.head(), Envelopes.hash("new"));
    bench().sweepAfter(ROUTINE_KEPT);
    assertThat(hasBase(client, full)).isTrue();
    bench().sweepAfter(MOMENT.plus(MOMENT));
    assertThat(hasBase(client, full)).isFalse();
    assertThat(hasBase(client, middle)).isFalse();
    assertThat(bench().store().chunk(client.backup(), CHUNK)).isEmpty();
    assertThat(whole(client)).isEmpty();
    bench().sweepAfter(Duration.ofDays(36_500));
    long used = bench().store().status(client.backup()).usedBytes();
    assertThat(bench().store().status(client.backup()).baseBytes()).isEqualTo(used);
  }

  @Test
  default void layersInWhichThereIsLifeYetOutliveTheDeltaUponThem() {
    Client client = bench().based();
    client.append(2);
    client.delta(client.head());
    client.append(2);
    client.startChain(Envelopes.hash("new"));
    bench().sweepAfter(ROUTINE_KEPT.plus(MOMENT));
    assertThat(whole(client)).isEmpty();
    bench().sweepAfter(DISPLACED_KEPT);
    assertThat(bench().store().status(client.backup()).branches()).isZero();
    assertThat(bench().store().status(client.backup()).generations()).isEqualTo(1);
    assertThat(bench().store().chunk(client.backup(), CHUNK)).isEmpty();
    long used = bench().store().status(client.backup()).usedBytes();
    assertThat(bench().store().status(client.backup()).baseBytes()).isEqualTo(used);
  }

  @Test
  default void aForgottenNodesLayersGoToo() {
    Client client = bench().based();
    client.append(2);
    client.delta(client.head());
    client.delta(client.head());
    bench().store().forget(client.backup().nodeId());
    assertThat(bench().store().summaries()).isEmpty();
    assertThat(hasBase(client, Hash.ZERO)).isFalse();
  }
}
