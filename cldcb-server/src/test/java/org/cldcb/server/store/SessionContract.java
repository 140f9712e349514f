package org.cldcb.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cldcb.server.store.Answers.assertError;

import java.util.List;
import org.cldcb.chain.Head;
import org.cldcb.codec.Hash;
import org.cldcb.wire.ErrorCode;
import org.cldcb.wire.Flags;
import org.cldcb.wire.Message;
import org.cldcb.wire.Mode;
import org.cldcb.wire.Standing;
import org.cldcb.wire.Superseded;
import org.cldcb.wire.Welcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Hello in every mode and standing, and writer epochs. */
interface SessionContract {
  Bench bench();

  @Test
  default void anUnclaimedNodeIsWelcomeToRead() {
    Welcome welcome = bench().allowed().welcome(Mode.READ, 0);
    assertThat(welcome.standing()).isEqualTo(Standing.UNCLAIMED);
    assertThat(welcome.claimNumber()).isZero();
    assertThat(welcome.epoch()).isZero();
    assertThat(welcome.head()).isEqualTo(Head.EMPTY);
    assertThat(welcome.parent()).isEqualTo(Head.EMPTY);
    assertThat(welcome.flags().usableBase()).isFalse();
    assertThat(welcome.serverTime()).isEqualTo(bench().clock().seconds());
  }

  @ParameterizedTest
  @EnumSource(
      value = Mode.class,
      names = {"WRITE", "BULK"})
  default void anUnclaimedNodeCannotWrite(Mode mode) {
    assertError(bench().allowed().hello(mode, 0), ErrorCode.UNCLAIMED);
  }

  @Test
  default void aNewDelegateIsWelcomeToRead() {
    Client claimant = bench().based();
    claimant.append();
    Welcome welcome = bench().client(1, "regtest", 2).welcome(Mode.READ, 0);
    assertThat(welcome.standing()).isEqualTo(Standing.NEW);
    assertThat(welcome.claimNumber()).isEqualTo(1);
    assertThat(welcome.head()).isEqualTo(claimant.head());
  }

  @ParameterizedTest
  @EnumSource(
      value = Mode.class,
      names = {"WRITE", "BULK"})
  default void aNewDelegateCannotWrite(Mode mode) {
    bench().based();
    assertError(bench().client(1, "regtest", 2).hello(mode, 0), ErrorCode.NOT_CLAIMANT);
  }

  @Test
  default void theClaimantIsToldWhereItsChainStands() {
    Client client = bench().based();
    Head base = client.head();
    client.append();
    Welcome welcome = client.welcome(Mode.WRITE, 0);
    assertThat(welcome.standing()).isEqualTo(Standing.CLAIMANT);
    assertThat(welcome.claimNumber()).isEqualTo(1);
    assertThat(welcome.head()).isEqualTo(client.head());
    assertThat(welcome.parent()).isEqualTo(base);
    assertThat(welcome.flags()).isEqualTo(new Flags(true, false, welcome.flags().nearlyFull()));
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  default void aSupersededDelegateIsToldByWhom(Mode mode) {
    Client old = bench().based();
    Client claimant = bench().client(1, "regtest", 2).claim();
    Superseded expected = new Superseded(claimant.claimNumber(2));
    assertThat(old.hello(mode, 0)).isEqualTo(expected);
    assertThat(old.hello(mode, old.epoch())).isEqualTo(expected);
  }

  @Test
  default void eachWritingSessionTakesTheNextEpoch() {
    Client client = bench().claimant();
    long first = client.epoch();
    assertThat(client.welcome(Mode.WRITE, 0).epoch()).isEqualTo(first + 1);
    assertThat(client.welcome(Mode.WRITE, 0).epoch()).isEqualTo(first + 2);
  }

  @Test
  default void aReadingSessionDisturbsNoWriter() {
    Client client = bench().based();
    client.welcome(Mode.READ, 0);
    bench().client(1, "regtest", 2).welcome(Mode.READ, 0);
    client.append();
  }

  @Test
  default void aNewWriterCutsTheOneBefore() {
    Client old = bench().based();
    Client current = old.inEpoch(0).write();
    assertThat(old.tryAllWrites()).allSatisfy(a -> assertError(a, ErrorCode.NEWER_WRITER));
    current.append();
    assertThat(WholeChain.assertWhole(bench().store(), current)).hasSize(1);
  }

  @Test
  default void aRepeatOfTheOldWritersLastRecordIsCutToo() {
    Client old = bench().based();
    Head before = old.head();
    Message appended = old.tryAppend(before);
    assertThat(appended).isNotNull();
    old.inEpoch(0).write();
    assertError(old.tryAppend(before), ErrorCode.NEWER_WRITER);
  }

  @Test
  default void bulkJoinsTheCurrentEpoch() {
    Client writer = bench().based();
    Welcome welcome = writer.welcome(Mode.BULK, writer.epoch());
    assertThat(welcome.epoch()).isEqualTo(writer.epoch());
    Client bulk = writer.inEpoch(welcome.epoch());
    Head at = writer.head();
    long pending = bulk.prepare(Bench.CHUNK);
    writer.append();
    bulk.tryOnHead(pending, at, at.generation() + 1, Bench.CHUNK);
    writer.append();
    assertThat(writer.head().generation()).isEqualTo(at.generation() + 1);
    WholeChain.assertWhole(bench().store(), writer);
  }

  @Test
  default void bulkCannotJoinAnyOtherEpoch() {
    Client writer = bench().claimant().write();
    assertError(writer.hello(Mode.BULK, writer.epoch() - 1), ErrorCode.NEWER_WRITER);
    assertError(writer.hello(Mode.BULK, writer.epoch() + 1), ErrorCode.NEWER_WRITER);
  }

  @Test
  default void bulkIsCutWithItsEpoch() {
    Client bulk = bench().based();
    bulk.welcome(Mode.BULK, bulk.epoch());
    long pending = bulk.prepare(Bench.CHUNK);
    bulk.inEpoch(0).write();
    Head at = bulk.head();
    assertError(
        bulk.tryOnHead(pending, at, at.generation() + 1, Bench.CHUNK), ErrorCode.NEWER_WRITER);
  }

  @Test
  default void bulkWithoutAnEpochStoresChunksAhead() {
    Client writer = bench().claimant();
    Client ahead = writer.inEpoch(writer.welcome(Mode.BULK, 0).epoch());
    assertThat(ahead.epoch()).isZero();
    Hash id = Envelopes.hash("ahead");
    assertThat(ahead.offer(0, id)).containsExactly(Hash.ZERO);
    Hash digest = ahead.chunk(id).digest();
    assertThat(writer.offer(0, id)).containsExactly(digest);
  }

  @Test
  default void withoutAnEpochNothingButChunksIsTaken() {
    Client writer = bench().based();
    Head before = writer.head();
    List<Message> answers = writer.inEpoch(0).tryAllWrites();
    assertError(answers.get(0), ErrorCode.BAD_MESSAGE);
    assertError(answers.get(3), ErrorCode.BAD_MESSAGE);
    assertError(answers.get(4), ErrorCode.BAD_MESSAGE);
    assertThat(writer.head()).isEqualTo(before);
  }

  @Test
  default void backupsHaveEpochsOfTheirOwn() {
    Client client = bench().based();
    bench().client(1, "signet", 1).claim().write().write();
    client.append();
  }
}
