package org.cldcb.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cldcb.server.store.Answers.assertRefused;
import static org.cldcb.server.store.Bench.CHUNK;

import org.cldcb.chain.Head;
import org.cldcb.chain.Position;
import org.cldcb.codec.Hash;
import org.cldcb.wire.AppendHow;
import org.cldcb.wire.Appended;
import org.cldcb.wire.RefusalCode;
import org.cldcb.wire.Status;
import org.junit.jupiter.api.Test;

/** Records in the place of the head's. */
interface ReplaceContract {
  Bench bench();

  @Test
  default void aRecordReplacesTheHeads() {
    Client client = bench().based();
    client.append(3);
    Head replaced = client.head();
    Head parent = client.parent();
    Appended appended = client.replace();
    assertThat(appended.seq()).isEqualTo(replaced.seq());
    assertThat(appended.digest()).isNotEqualTo(replaced.digest());
    assertThat(client.head().digest()).isEqualTo(appended.digest());
    assertThat(client.parent()).isEqualTo(parent);
    assertThat(WholeChain.assertWhole(bench().store(), client)).hasSize(3);
  }

  @Test
  default void theOnlyRecordOfAChainCanBeReplaced() {
    Client client = bench().based();
    Head base = client.head();
    client.append();
    client.replace();
    assertThat(client.parent()).isEqualTo(base);
    assertThat(WholeChain.assertWhole(bench().store(), client)).hasSize(1);
  }

  @Test
  default void theReplacedRecordIsKeptAsABranch() {
    Client client = bench().based();
    client.append(2);
    client.replace();
    assertThat(bench().store().status(client.backup()).branches()).isEqualTo(1);
    client.replace();
    assertThat(bench().store().status(client.backup()).branches()).isEqualTo(2);
    assertThat(WholeChain.assertWhole(bench().store(), client)).hasSize(2);
  }

  @Test
  default void theChainGoesOnFromTheReplacement() {
    Client client = bench().based();
    client.append(2);
    client.replace();
    client.append(2);
    client.replace();
    client.append();
    assertThat(WholeChain.assertWhole(bench().store(), client)).hasSize(5);
  }

  @Test
  default void aBaseCannotBeReplaced() {
    Client client = bench().based();
    Head head = client.head();
    assertThat(client.parent()).isEqualTo(Head.EMPTY);
    Position at = new Position(1, head.seq(), head.dataVersion(), Hash.ZERO);
    assertMoved(client, at, head.digest());
    assertMoved(client, new Position(1, 0, 0, Hash.ZERO), head.digest());
    assertMoved(client, new Position(1, 1, 0, Hash.ZERO), head.digest());
  }

  @Test
  default void aRecordThatABaseStandsOnCannotBeReplaced() {
    Client client = bench().based();
    client.append(2);
    Head parent = client.parent();
    client.onHead(client.head(), CHUNK);
    assertThat(client.parent()).isEqualTo(Head.EMPTY);
    Position at = parent.next(parent.dataVersion() + 1);
    assertMoved(client, at, client.head().digest());
  }

  @Test
  default void theFirstRecordAboveALaterBaseCanBeReplaced() {
    Client client = bench().based();
    client.append(2);
    client.onHead(client.head(), CHUNK);
    Head base = client.head();
    client.append();
    client.replace();
    assertThat(client.parent()).isEqualTo(base);
    assertThat(WholeChain.assertWhole(bench().store(), client)).hasSize(1);
  }

  @Test
  default void withoutABaseNothingIsReplaced() {
    Client client = bench().claimant();
    assertRefused(
        client.tryReplace(new Position(0, 0, 0, Hash.ZERO), Hash.ZERO),
        RefusalCode.NO_USABLE_BASE,
        client);
  }

  @Test
  default void aReplacementMustKnowHeadAndParent() {
    Client client = bench().based();
    client.append(3);
    Head head = client.head();
    Head parent = client.parent();
    long version = parent.dataVersion() + 1;
    Position right = new Position(1, head.seq(), version, parent.digest());
    assertMoved(client, right, parent.digest());
    assertMoved(client, new Position(1, head.seq(), version, head.digest()), head.digest());
    assertMoved(client, new Position(1, head.seq() + 1, version, parent.digest()), head.digest());
    assertMoved(client, new Position(1, head.seq() - 1, version, parent.digest()), head.digest());
    assertMoved(client, new Position(1, head.seq(), version + 1, parent.digest()), head.digest());
    assertMoved(client, new Position(2, head.seq(), version, parent.digest()), head.digest());
    assertThat(client.tryReplace(right, head.digest())).isInstanceOf(Appended.class);
  }

  @Test
  default void aRepeatedReplacementIsAnsweredAsIfDoneNow() {
    Client client = bench().based();
    client.append(2);
    Head head = client.head();
    Head parent = client.parent();
    Position at = parent.next(parent.dataVersion() + 1);
    Envelope envelope = Envelopes.record(at, "replacement");
    Object first = Client.join(client.send(AppendHow.REPLACE, at, head.digest(), envelope));
    Object second = Client.join(client.send(AppendHow.REPLACE, at, head.digest(), envelope));
    assertThat(second).isEqualTo(first).isInstanceOf(Appended.class);
    assertThat(bench().store().status(client.backup()).branches()).isEqualTo(1);
  }

  @Test
  default void figuresCountTheReplacementInsteadOfTheReplaced() {
    Client client = bench().based();
    client.append();
    Head head = client.head();
    Head parent = client.parent();
    Position at = parent.next(parent.dataVersion() + 1);
    Envelope large = Envelopes.record(at, "x".repeat(500));
    Client.join(client.send(AppendHow.REPLACE, at, head.digest(), large));
    Status status = bench().store().status(client.backup());
    assertThat(status.records()).isEqualTo(1);
    assertThat(status.recordBytes()).isEqualTo(500);
  }

  private static void assertMoved(Client client, Position at, Hash expected) {
    Head before = client.head();
    assertRefused(client.tryReplace(at, expected), RefusalCode.HEAD_MOVED, client);
    assertThat(client.head()).isEqualTo(before);
  }
}
