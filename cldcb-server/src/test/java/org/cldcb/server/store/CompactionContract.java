package org.cldcb.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cldcb.server.store.Answers.assertRefused;
import static org.cldcb.server.store.Bench.CHUNK;

import java.util.List;
import org.cldcb.chain.Head;
import org.cldcb.chain.Position;
import org.cldcb.codec.Hash;
import org.cldcb.wire.Appended;
import org.cldcb.wire.BaseHow;
import org.cldcb.wire.Based;
import org.cldcb.wire.RefusalCode;
import org.cldcb.wire.Status;
import org.junit.jupiter.api.Test;

/** Bases on a head of the chain. */
interface CompactionContract {
  Bench bench();

  @Test
  default void aBaseOnTheHeadLeavesNoRecordsAboveIt() {
    Client client = bench().based();
    client.append(3);
    Head before = client.head();
    Based based = client.onHead(before, CHUNK);
    assertThat(based.head().sameRecord(before)).isTrue();
    assertThat(based.head().generation()).isEqualTo(before.generation() + 1);
    assertThat(client.head()).isEqualTo(based.head());
    assertThat(WholeChain.assertWhole(bench().store(), client)).isEmpty();
    assertThat(bench().store().status(client.backup()).generations()).isEqualTo(2);
  }

  @Test
  default void recordsSinceAPassedHeadAreKeptAboveTheBase() {
    Client client = bench().based();
    client.append(3);
    Head passed = client.head();
    client.append(4);
    Based based = client.onHead(passed, CHUNK);
    assertThat(based.head().seq()).isEqualTo(passed.seq() + 4);
    assertThat(WholeChain.assertWhole(bench().store(), client)).hasSize(4);
    client.append(2);
    client.replace();
    assertThat(WholeChain.assertWhole(bench().store(), client)).hasSize(6);
  }

  @Test
  default void aBaseMayStandWhereTheOneBeforeDoes() {
    Client client = bench().based();
    Head base = client.head();
    client.append(2);
    client.onHead(base, CHUNK);
    assertThat(WholeChain.assertWhole(bench().store(), client)).hasSize(2);
  }

  @Test
  default void statusCountsFromTheNewBaseOn() {
    Client client = bench().based();
    client.append(3);
    Head passed = client.head();
    client.append(2);
    client.onHead(passed, CHUNK);
    Status status = bench().store().status(client.backup());
    assertThat(status.records()).isEqualTo(2);
    List<StoredEnvelope> records = bench().store().records(client.backup(), passed.seq(), 9999);
    assertThat(status.recordBytes())
        .isEqualTo(records.stream().mapToLong(record -> record.first().length).sum());
  }

  @Test
  default void aNewBaseIsNoLongerWantedOnceItIsThere() {
    Client client = bench().based();
    while (!client.append().flags().baseWanted()) {
      assertThat(client.head().seq()).isLessThan(1000);
    }
    assertThat(client.onHead(client.head(), CHUNK).flags().baseWanted()).isFalse();
    assertThat(client.append().flags().baseWanted()).isFalse();
  }

  @Test
  default void aBaseOnAnUnknownHeadIsRefused() {
    Client client = bench().based();
    client.append(3);
    Head head = client.head();
    Hash other = Envelopes.hash("other");
    assertMoved(client, new Head(0, head.seq(), head.dataVersion(), other), 2);
    assertMoved(client, new Head(0, head.seq(), head.dataVersion() + 1, head.digest()), 2);
    assertMoved(client, new Head(0, head.seq() - 1, head.dataVersion(), head.digest()), 2);
    assertMoved(client, new Head(0, head.seq() + 1, head.dataVersion(), head.digest()), 2);
    assertMoved(client, Head.EMPTY, 2);
  }

  @Test
  default void aHeadFarAboveTheChainIsUnknown() {
    Client client = bench().based();
    client.append(3);
    Head head = client.head();
    for (int bit = 8; bit < 62; bit++) {
      long seq = 1L << bit | head.seq();
      assertMoved(client, new Head(0, seq, head.dataVersion(), head.digest()), 2);
    }
  }

  @Test
  default void aBaseMustExpectTheHeadItStandsOn() {
    Client client = bench().based();
    Head head = client.head();
    Position at = new Position(2, head.seq(), head.dataVersion(), head.digest());
    assertRefused(
        client.tryManifest(client.begin(), BaseHow.ON_HEAD, at, Hash.ZERO),
        RefusalCode.HEAD_MOVED,
        client);
  }

  @Test
  default void aHeadBelowTheCurrentBaseIsUnknown() {
    Client client = bench().based();
    client.append();
    Head below = client.head();
    client.append();
    client.onHead(client.head(), CHUNK);
    assertMoved(client, below, 3);
  }

  @Test
  default void aHeadOfADisplacedChainIsUnknown() {
    Client client = bench().based();
    client.append(2);
    Head old = client.head();
    client.startChain(CHUNK);
    client.append(2);
    assertMoved(client, old, 3);
  }

  @Test
  default void aReplacedHeadIsUnknown() {
    Client client = bench().based();
    client.append(2);
    Head replaced = client.head();
    client.replace();
    assertMoved(client, replaced, 2);
  }

  @Test
  default void withoutAChainThereIsNoHeadToStandOn() {
    Client client = bench().claimant();
    assertMoved(client, Head.EMPTY, 1);
  }

  @Test
  default void aBaseHasTheNextGeneration() {
    Client client = bench().based();
    Head head = client.head();
    assertMoved(client, head, 0);
    assertMoved(client, head, 1);
    assertMoved(client, head, 3);
    client.onHead(head);
    assertMoved(client, head, 2);
  }

  @Test
  default void aRecordOfTheFormerGenerationIsTakenAfterABase() {
    Client client = bench().based();
    client.append(2);
    Head former = client.head();
    client.onHead(former, CHUNK);
    assertThat(client.tryAppend(former)).isInstanceOf(Appended.class);
    client.append();
    assertThat(WholeChain.assertWhole(bench().store(), client)).hasSize(2);
  }

  @Test
  default void theGenerationNeverFallsFromRecordToRecord() {
    Client client = bench().based();
    client.append(2);
    client.onHead(client.head(), CHUNK);
    client.append();
    Head head = client.head();
    assertRefused(
        client.tryAppend(new Head(1, head.seq(), head.dataVersion(), head.digest())),
        RefusalCode.HEAD_MOVED,
        client);
  }

  /** Or else a recovery, which begins at the last base, would refuse the record. */
  @Test
  default void aRecordOfTheGenerationBeforeTheFormerIsRefused() {
    Client client = bench().based();
    client.append(2);
    Head first = client.head();
    client.onHead(first, CHUNK);
    client.onHead(first, CHUNK);
    assertRefused(client.tryAppend(first), RefusalCode.HEAD_MOVED, client);
    Head second = new Head(2, first.seq(), first.dataVersion(), first.digest());
    assertThat(client.tryAppend(second)).isInstanceOf(Appended.class);
    assertThat(WholeChain.assertWhole(bench().store(), client)).hasSize(1);
  }

  /** Such a base could be committed, but not recovered. */
  @Test
  default void aBaseUnderRecordsOfTheGenerationBeforeTheFormerIsRefused() {
    Client client = bench().based();
    client.append(2);
    Head first = client.head();
    client.append(2);
    client.onHead(first, CHUNK);
    assertMoved(client, first, 3);
    client.onHead(client.head(), CHUNK);
    WholeChain.assertWhole(bench().store(), client);
  }

  @Test
  default void aCompactionLosesToANewChain() {
    Client client = bench().based();
    client.append(2);
    Head at = client.head();
    long pending = client.prepare(CHUNK);
    client.startChain(CHUNK);
    assertRefused(client.tryOnHead(pending, at, 2, CHUNK), RefusalCode.HEAD_MOVED, client);
    WholeChain.assertWhole(bench().store(), client);
  }

  @Test
  default void manyCompactionsInARowKeepTheChainWhole() {
    Client client = bench().based();
    for (int round = 0; round < 10; round++) {
      client.append(round);
      Head at = client.head();
      client.append(2);
      client.onHead(at, CHUNK, Envelopes.hash("round " + round));
      assertThat(WholeChain.assertWhole(bench().store(), client)).hasSize(2);
      client.append();
    }
    assertThat(bench().store().status(client.backup()).generations()).isEqualTo(11);
  }

  private static void assertMoved(Client client, Head at, long generation) {
    Head before = client.head();
    assertRefused(client.tryOnHead(client.begin(), at, generation), RefusalCode.HEAD_MOVED, client);
    assertThat(client.head()).isEqualTo(before);
  }
}
