package org.cldcb.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cldcb.server.store.Answers.assertRefused;
import static org.cldcb.server.store.Bench.COMPACT_MIN_BYTES;

import org.cldcb.chain.Head;
import org.cldcb.chain.Position;
import org.cldcb.codec.Hash;
import org.cldcb.wire.AppendHow;
import org.cldcb.wire.Appended;
import org.cldcb.wire.RefusalCode;
import org.cldcb.wire.Status;
import org.junit.jupiter.api.Test;

/** Records after the head. */
interface AppendContract {
  Bench bench();

  @Test
  default void aRecordInStepBecomesTheHead() {
    Client client = bench().based();
    Head base = client.head();
    Position at = base.next(base.dataVersion() + 1);
    Envelope envelope = Envelopes.record(at, "content");
    Appended appended =
        Client.as(
            Appended.class,
            Client.join(client.send(AppendHow.APPEND, at, base.digest(), envelope)));
    assertThat(appended.seq()).isEqualTo(at.seq());
    assertThat(appended.digest()).isEqualTo(envelope.digest());
    assertThat(appended.flags().usableBase()).isTrue();
    assertThat(client.head()).isEqualTo(at.headWith(envelope.digest()));
    assertThat(client.parent()).isEqualTo(base);
  }

  @Test
  default void aRecordIsKeptAsItCame() {
    Client client = bench().based();
    Head base = client.head();
    Position at = base.next(base.dataVersion());
    Envelope envelope = Envelopes.record(at, "content");
    Client.join(client.send(AppendHow.APPEND, at, base.digest(), envelope));
    StoredEnvelope stored = bench().store().records(client.backup(), base.seq(), 1).get(0);
    assertThat(stored.position()).isEqualTo(at);
    assertThat(stored.first()).isEqualTo(Envelopes.bytes("content"));
    assertThat(stored.segments()).isZero();
    assertThat(stored.receivedAt()).isEqualTo(bench().clock().seconds());
  }

  @Test
  default void recordsFormAChain() {
    Client client = bench().based();
    client.append(20);
    assertThat(WholeChain.assertWhole(bench().store(), client)).hasSize(20);
  }

  @Test
  default void withoutABaseNothingIsAppended() {
    Client client = bench().claimant();
    assertRefused(client.tryAppend(Head.EMPTY), RefusalCode.NO_USABLE_BASE, client);
  }

  @Test
  default void aRecordMustKnowTheHead() {
    Client client = bench().based();
    Head base = client.head();
    client.append();
    Position at = client.head().next(client.head().dataVersion() + 1);
    assertMoved(client, at, base.digest());
    assertMoved(client, at, Hash.ZERO);
  }

  @Test
  default void aRecordMustFollowTheHead() {
    Client client = bench().based();
    client.append();
    Head head = client.head();
    long version = head.dataVersion() + 1;
    assertMoved(client, new Position(1, head.seq() + 1, version, Hash.ZERO), head.digest());
    assertMoved(
        client, new Position(1, head.seq() + 1, version, client.parent().digest()), head.digest());
    assertMoved(client, new Position(1, head.seq(), version, head.digest()), head.digest());
    assertMoved(client, new Position(1, head.seq() + 2, version, head.digest()), head.digest());
  }

  @Test
  default void theDataVersionStaysOrRisesByOne() {
    Client client = bench().based();
    Head head = client.head();
    assertMoved(client, head.next(head.dataVersion() - 1), head.digest());
    assertMoved(client, head.next(head.dataVersion() + 2), head.digest());
    assertThat(client.append(head.next(head.dataVersion()), head.digest()))
        .isInstanceOf(Appended.class);
    assertThat(client.head().dataVersion()).isEqualTo(head.dataVersion());
    client.append();
    assertThat(client.head().dataVersion()).isEqualTo(head.dataVersion() + 1);
  }

  @Test
  default void theGenerationIsNeitherAboveTheCurrentOneNorBelowTheFirst() {
    Client client = bench().based();
    Head head = client.head();
    assertMoved(client, inGeneration(head, head.generation() + 1), head.digest());
    assertMoved(client, inGeneration(head, head.generation() - 1), head.digest());
  }

  @Test
  default void aRepeatIsAnsweredAsIfDoneNow() {
    Client client = bench().based();
    Head base = client.head();
    Position at = base.next(base.dataVersion() + 1);
    Envelope envelope = Envelopes.record(at, "content");
    Object first = Client.join(client.send(AppendHow.APPEND, at, base.digest(), envelope));
    Object second = Client.join(client.send(AppendHow.APPEND, at, base.digest(), envelope));
    assertThat(second).isEqualTo(first).isInstanceOf(Appended.class);
    assertThat(WholeChain.assertWhole(bench().store(), client)).hasSize(1);
  }

  @Test
  default void aRepeatBelowTheHeadIsRefused() {
    Client client = bench().based();
    Head base = client.head();
    Position at = base.next(base.dataVersion() + 1);
    Envelope envelope = Envelopes.record(at, "content");
    Client.join(client.send(AppendHow.APPEND, at, base.digest(), envelope));
    client.append();
    assertRefused(
        Client.join(client.send(AppendHow.APPEND, at, base.digest(), envelope)),
        RefusalCode.HEAD_MOVED,
        client);
  }

  @Test
  default void anotherRecordInTheHeadsPlaceIsNoRepeat() {
    Client client = bench().based();
    Head base = client.head();
    client.append();
    assertMoved(client, base.next(base.dataVersion() + 1), base.digest());
  }

  @Test
  default void statusCountsRecords() {
    Client client = bench().based();
    bench().clock().advance(Bench.MOMENT);
    client.append(3);
    Status status = bench().store().status(client.backup());
    assertThat(status.records()).isEqualTo(3);
    assertThat(status.recordBytes()).isPositive();
    assertThat(status.lastWriteTime()).isEqualTo(bench().clock().seconds());
    assertThat(status.usedBytes()).isEqualTo(status.recordBytes() + status.baseBytes());
    assertThat(status.generations()).isEqualTo(1);
    assertThat(status.branches()).isZero();
  }

  @Test
  default void aBaseIsWantedOnceRecordsOutweighIt() {
    Client client = bench().based();
    String tenth = "x".repeat((int) COMPACT_MIN_BYTES / 10);
    for (int i = 1; i <= 10; i++) {
      assertThat(append(client, tenth).flags().baseWanted()).isFalse();
    }
    assertThat(append(client, "one more").flags().baseWanted()).isTrue();
    assertThat(bench().store().head(client.backup()).flags().baseWanted()).isTrue();
  }

  @Test
  default void aFullDiskTakesNoMoreAndLosesNothing() {
    Client client = bench().based();
    client.append(3);
    Hash id = Envelopes.hash("new");
    bench().reopenWithReserve(Long.MAX_VALUE);
    assertRefused(client.tryAppend(client.head()), RefusalCode.DISK_FULL, client);
    assertRefused(client.tryReplace(), RefusalCode.DISK_FULL, client);
    assertRefused(client.tryChunk(id, "content"), RefusalCode.DISK_FULL, client);
    assertRefused(
        client.tryOnHead(client.begin(), client.head(), 2), RefusalCode.DISK_FULL, client);
    assertThat(WholeChain.assertWhole(bench().store(), client)).hasSize(3);
    bench().reopenWithReserve(0);
    client.append();
  }

  private static Appended append(Client client, String content) {
    Head head = client.head();
    Position at = head.next(head.dataVersion() + 1);
    Envelope envelope = Envelopes.record(at, content);
    return Client.as(
        Appended.class, Client.join(client.send(AppendHow.APPEND, at, head.digest(), envelope)));
  }

  private static Position inGeneration(Head head, long generation) {
    return new Position(generation, head.seq() + 1, head.dataVersion() + 1, head.digest());
  }

  private static void assertMoved(Client client, Position at, Hash expected) {
    Head before = client.head();
    assertRefused(client.append(at, expected), RefusalCode.HEAD_MOVED, client);
    assertThat(client.head()).isEqualTo(before);
  }
}
