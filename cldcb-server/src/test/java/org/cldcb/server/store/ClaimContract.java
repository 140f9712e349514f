package org.cldcb.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cldcb.server.store.Answers.assertError;
import static org.cldcb.server.store.Answers.assertRefused;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.cldcb.chain.Claim;
import org.cldcb.chain.Head;
import org.cldcb.chain.StoredClaim;
import org.cldcb.wire.Claimed;
import org.cldcb.wire.Claims;
import org.cldcb.wire.ErrorCode;
import org.cldcb.wire.Message;
import org.cldcb.wire.Mode;
import org.cldcb.wire.RefusalCode;
import org.cldcb.wire.Standing;
import org.cldcb.wire.Superseded;
import org.junit.jupiter.api.Test;

/** How a delegate becomes the one writer. */
interface ClaimContract {
  Bench bench();

  @Test
  default void theFirstClaimHasNumberOne() {
    Client client = bench().allowed();
    assertRefused(client.claim(0, Head.EMPTY), RefusalCode.BAD_CLAIM, client);
    assertRefused(client.claim(2, Head.EMPTY), RefusalCode.BAD_CLAIM, client);
    assertThat(client.claim(1, Head.EMPTY)).isEqualTo(new Claimed(1));
    assertThat(client.welcome(Mode.READ, 0).standing()).isEqualTo(Standing.CLAIMANT);
  }

  @Test
  default void aClaimNamesTheNextNumber() {
    Client claimant = bench().based();
    Client next = bench().client(1, "regtest", 2);
    Head head = claimant.head();
    assertRefused(next.claim(1, head), RefusalCode.BAD_CLAIM, next);
    assertRefused(next.claim(3, head), RefusalCode.BAD_CLAIM, next);
    assertThat(next.claim(2, head)).isEqualTo(new Claimed(2));
  }

  @Test
  default void aClaimIsMadeAtExactlyTheHead() {
    Client claimant = bench().based();
    Client next = bench().client(1, "regtest", 2);
    Head before = claimant.head();
    claimant.append();
    Head head = claimant.head();
    List<Head> others =
        List.of(
            before,
            Head.EMPTY,
            new Head(head.generation() + 1, head.seq(), head.dataVersion(), head.digest()),
            new Head(head.generation(), head.seq() + 1, head.dataVersion(), head.digest()),
            new Head(head.generation(), head.seq(), head.dataVersion() + 1, head.digest()),
            new Head(head.generation(), head.seq(), head.dataVersion(), before.digest()));
    for (Head other : others) {
      assertRefused(next.claim(2, other), RefusalCode.HEAD_MOVED, next);
    }
    claimant.append();
    next.claim();
  }

  @Test
  default void aRepeatedClaimIsAnsweredAsDone() {
    Client client = bench().claimant();
    assertThat(client.claim(1, Head.EMPTY)).isEqualTo(new Claimed(1));
    client.startChain();
    client.append();
    assertThat(client.claim(1, Head.EMPTY)).isEqualTo(new Claimed(1));
    assertThat(bench().store().claims(client.backup(), 1)).hasSize(1);
    client.append();
  }

  @Test
  default void theClaimantMayClaimAgainWhichCutsItsWriter() {
    Client client = bench().based();
    client.claim();
    assertError(client.tryAppend(client.head()), ErrorCode.NEWER_WRITER);
    client.write().append();
    assertThat(bench().store().claims(client.backup(), 1)).hasSize(2);
  }

  @Test
  default void aSupersededDelegateCanNeitherWriteNorClaim() {
    Client old = bench().based();
    Client claimant = bench().client(1, "regtest", 2).claim();
    Superseded superseded = new Superseded(claimant.claimNumber(2));
    assertThat(old.tryAllWrites()).allSatisfy(a -> assertThat(a).isEqualTo(superseded));
    assertThat(old.inEpoch(0).tryAllWrites()).allSatisfy(a -> assertThat(a).isEqualTo(superseded));
    assertThat(old.claim(3, old.head())).isEqualTo(superseded);
    assertThat(bench().store().claims(old.backup(), 1)).hasSize(2);
  }

  @Test
  default void anEarlierDelegateIsToldOfTheLastClaim() {
    Client first = bench().based();
    Client second = bench().client(1, "regtest", 2).claim();
    Client third = bench().client(1, "regtest", 3).claim();
    Superseded superseded = new Superseded(third.claimNumber(3));
    assertThat(first.hello(Mode.READ, 0)).isEqualTo(superseded);
    assertThat(second.hello(Mode.READ, 0)).isEqualTo(superseded);
  }

  @Test
  default void aNewDelegateThatHasNotClaimedCannotWrite() {
    bench().based();
    Client next = bench().client(1, "regtest", 2);
    assertThat(next.tryAllWrites()).allSatisfy(a -> assertError(a, ErrorCode.NOT_CLAIMANT));
  }

  @Test
  default void anUnclaimedBackupTakesNothing() {
    assertThat(bench().allowed().tryAllWrites())
        .allSatisfy(a -> assertError(a, ErrorCode.UNCLAIMED));
  }

  @Test
  default void theNewClaimantGoesOnWithTheChain() {
    Client old = bench().based();
    old.append(2);
    Client next = bench().client(1, "regtest", 2).claim().write();
    next.append(2);
    next.replace();
    assertThat(WholeChain.assertWhole(bench().store(), next)).hasSize(4);
  }

  @Test
  default void claimsAreKeptWithTheHeadsTheyWereMadeAt() {
    Client first = bench().based();
    first.append();
    Head head = first.head();
    Client second = bench().client(1, "regtest", 2).claim();
    StoredClaim one = new StoredClaim(first.claimNumber(1), Head.EMPTY);
    StoredClaim two = new StoredClaim(second.claimNumber(2), head);
    assertThat(bench().store().claims(first.backup(), 0)).containsExactly(one, two);
    assertThat(bench().store().claims(first.backup(), 2)).containsExactly(two);
    assertThat(bench().store().claims(first.backup(), 3)).isEmpty();
  }

  @Test
  default void claimsComeInPortionsThatFitIntoAMessage() {
    Client client = bench().allowed();
    Claim model = client.claimNumber(1);
    IntStream.rangeClosed(1, Claims.MAX + 1)
        .mapToObj(n -> new Claim(n, model.delegate(), model.delegation(), model.signature()))
        .map(claim -> bench().store().claim(client.writer(), claim, Head.EMPTY))
        .toList()
        .forEach(Client::join);
    assertThat(bench().store().claims(client.backup(), 1)).hasSize(Claims.MAX);
    assertThat(bench().store().claims(client.backup(), Claims.MAX + 1)).hasSize(1);
  }

  @Test
  default void ofDelegatesThatClaimAtOnceOneWins() {
    Client old = bench().based();
    List<CompletableFuture<Message>> answers =
        IntStream.range(2, 8)
            .mapToObj(n -> bench().client(1, "regtest", n))
            .map(c -> bench().store().claim(c.writer(), c.claimNumber(2), old.head()))
            .toList();
    Stream<Message> claimed = answers.stream().map(Client::join).filter(new Claimed(2)::equals);
    assertThat(claimed).hasSize(1);
    assertThat(bench().store().claims(old.backup(), 1)).hasSize(2);
  }

  @Test
  default void aClaimOnOneNetworkIsNoneOnAnother() {
    bench().based();
    assertError(bench().client(1, "signet", 1).hello(Mode.WRITE, 0), ErrorCode.UNCLAIMED);
    bench().client(1, "signet", 2).claim();
    bench().client(1, "regtest", 1).welcome(Mode.WRITE, 0);
  }
}
