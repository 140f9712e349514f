package org.cldcb.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cldcb.server.store.Answers.assertError;
import static org.cldcb.server.store.Bench.CHUNK;
import static org.cldcb.server.store.Bench.MOMENT;

import java.util.List;
import org.cldcb.chain.Head;
import org.cldcb.codec.Hash;
import org.cldcb.wire.ErrorCode;
import org.cldcb.wire.Mode;
import org.cldcb.wire.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The operator's side: whom the store serves. */
interface AllowListContract {
  long TEN_GIB = 10L << 30;

  Bench bench();

  @Test
  default void anAllowedNodeIsListedWithLabelAndTime() {
    bench().store().allow(Bench.node(1), "alice");
    assertThat(bench().store().isAllowed(Bench.node(1))).isTrue();
    assertThat(bench().store().nodes())
        .containsExactly(
            new NodeEntry(Bench.node(1), "alice", true, bench().clock().seconds(), TEN_GIB));
  }

  @Test
  default void anUnknownNodeIsNotAllowed() {
    bench().store().allow(Bench.node(1), "");
    assertThat(bench().store().isAllowed(Bench.node(2))).isFalse();
  }

  @Test
  default void allowingAgainChangesTheLabelUnlessItIsEmpty() {
    bench().store().allow(Bench.node(1), "alice");
    bench().store().allow(Bench.node(1), "");
    assertThat(bench().store().nodes().get(0).label()).isEqualTo("alice");
    bench().store().allow(Bench.node(1), "bob");
    assertThat(bench().store().nodes().get(0).label()).isEqualTo("bob");
  }

  @Test
  default void allowingAgainChangesTheQuotaIfOneIsGiven() {
    bench().store().allow(Bench.node(1), "", 5L);
    assertThat(bench().store().nodes().get(0).quota()).isEqualTo(5);
    bench().store().allow(Bench.node(1), "alice");
    assertThat(bench().store().nodes().get(0).quota()).isEqualTo(5);
    bench().store().revoke(Bench.node(1));
    bench().store().allow(Bench.node(1), "", 0L);
    assertThat(bench().store().nodes().get(0).quota()).isZero();
  }

  @Test
  default void aRevokedNodeStaysOnTheListAsNotAllowed() {
    bench().store().allow(Bench.node(1), "alice");
    bench().clock().advance(MOMENT);
    assertThat(bench().store().revoke(Bench.node(1))).isTrue();
    assertThat(bench().store().isAllowed(Bench.node(1))).isFalse();
    assertThat(bench().store().nodes())
        .containsExactly(
            new NodeEntry(Bench.node(1), "alice", false, bench().clock().seconds(), TEN_GIB));
  }

  @Test
  default void anUnknownNodeCanBeNeitherRevokedNorForgotten() {
    assertThat(bench().store().revoke(Bench.node(1))).isFalse();
    assertThat(bench().store().forget(Bench.node(1))).isFalse();
    assertThat(bench().store().nodes()).isEmpty();
  }

  @Test
  default void everyChangeMovesTheListVersion() {
    long atFirst = bench().store().listVersion();
    bench().store().allow(Bench.node(1), "");
    long afterAllow = bench().store().listVersion();
    bench().store().revoke(Bench.node(1));
    long afterRevoke = bench().store().listVersion();
    bench().store().forget(Bench.node(1));
    long afterForget = bench().store().listVersion();
    assertThat(List.of(atFirst, afterAllow, afterRevoke, afterForget)).doesNotHaveDuplicates();
    assertThat(bench().store().listVersion()).isEqualTo(afterForget);
  }

  @Test
  default void writingDoesNotMoveTheListVersion() {
    Client client = bench().based();
    long before = bench().store().listVersion();
    client.append();
    assertThat(bench().store().listVersion()).isEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  default void aNodeThatIsNotAllowedIsNotWelcome(Mode mode) {
    assertError(bench().client(1, "regtest", 1).hello(mode, 0), ErrorCode.NOT_ALLOWED);
    assertThat(bench().store().summaries()).isEmpty();
  }

  @Test
  default void aRevokedNodeKeepsItsDataButCannotUseIt() {
    Client client = bench().based();
    client.append(3);
    Head head = client.head();
    bench().store().revoke(Bench.node(1));
    assertThat(client.tryAllWrites()).allSatisfy(a -> assertError(a, ErrorCode.NOT_ALLOWED));
    assertError(client.claim(2, head), ErrorCode.NOT_ALLOWED);
    assertError(client.hello(Mode.READ, 0), ErrorCode.NOT_ALLOWED);
    bench().store().allow(Bench.node(1), "");
    assertThat(client.head()).isEqualTo(head);
    client.append();
    WholeChain.assertWhole(bench().store(), client);
  }

  @Test
  default void aForgottenNodeLosesAllItsData() {
    Client client = bench().based();
    client.append(3);
    Client onOther = bench().client(1, "signet", 1).claim().write();
    onOther.startChain(CHUNK);
    client.begin();
    assertThat(bench().store().forget(Bench.node(1))).isTrue();
    assertThat(bench().store().nodes()).isEmpty();
    assertThat(bench().store().summaries()).isEmpty();
    assertNothingOf(client);
    assertNothingOf(onOther);
  }

  private void assertNothingOf(Client client) {
    assertThat(client.head()).isEqualTo(Head.EMPTY);
    assertThat(bench().store().base(client.backup(), Hash.ZERO)).isEmpty();
    assertThat(bench().store().chunk(client.backup(), CHUNK)).isEmpty();
    assertThat(bench().store().records(client.backup(), 0, 1000)).isEmpty();
    assertThat(bench().store().claims(client.backup(), 1)).isEmpty();
    assertThat(bench().store().status(client.backup()))
        .isEqualTo(new Status(0, 0, 0, 0, 0, 0, 0, 0));
  }

  @Test
  default void forgettingANodeLeavesTheOthersWhole() {
    Client client = bench().based();
    client.append(2);
    bench().store().allow(Bench.node(2), "");
    Client forgotten = bench().client(2, "regtest", 1).claim().write();
    forgotten.startChain(CHUNK);
    forgotten.append(5);
    bench().store().forget(Bench.node(2));
    assertThat(WholeChain.assertWhole(bench().store(), client)).hasSize(2);
  }

  @Test
  default void aSessionOfAForgottenNodeLeavesNoTrace() {
    Client client = bench().based();
    bench().store().forget(Bench.node(1));
    assertThat(client.tryAllWrites()).allSatisfy(a -> assertError(a, ErrorCode.NOT_ALLOWED));
    assertError(client.claim(1, Head.EMPTY), ErrorCode.NOT_ALLOWED);
    assertThat(bench().store().summaries()).isEmpty();
  }

  @Test
  default void aForgottenNodeMayBeginAnew() {
    Client client = bench().based();
    client.append(3);
    bench().store().forget(Bench.node(1));
    Client again = bench().based();
    again.append(2);
    assertThat(WholeChain.assertWhole(bench().store(), again)).hasSize(2);
    assertThat(again.head().seq()).isEqualTo(3);
  }

  @Test
  default void summariesTellHeadFiguresAndClaimant() {
    Client client = bench().based();
    client.append(2);
    assertThat(bench().store().summaries())
        .containsExactly(
            new BackupSummary(
                client.backup(),
                client.head(),
                bench().store().status(client.backup()),
                1,
                client.delegate()));
  }

  @Test
  default void aSummaryOfAnUnclaimedBackupNamesNoClaimant() {
    bench().allowed().welcome(Mode.READ, 0);
    BackupSummary summary = bench().store().summaries().get(0);
    assertThat(summary.claimNumber()).isZero();
    assertThat(summary.claimant()).isNull();
    assertThat(summary.head()).isEqualTo(Head.EMPTY);
  }
}
