package org.cldcb.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cldcb.server.store.Answers.assertRefused;
import static org.cldcb.server.store.Bench.CHUNK;

import java.util.List;
import org.cldcb.chain.Head;
import org.cldcb.chain.Position;
import org.cldcb.codec.Hash;
import org.cldcb.wire.BaseHow;
import org.cldcb.wire.Based;
import org.cldcb.wire.Message;
import org.cldcb.wire.RefusalCode;
import org.cldcb.wire.Status;
import org.cldcb.wire.Stored;
import org.junit.jupiter.api.Test;

/** Chunks, bases in the making, and bases that start a chain. */
interface BaseContract {
  Bench bench();

  @Test
  default void theFirstBaseStartsTheChain() {
    Client client = bench().claimant();
    long pending = client.prepare(CHUNK);
    Position at = client.chainStart();
    Message answer = client.tryManifest(pending, BaseHow.CHAIN_START, at, Hash.ZERO, CHUNK);
    Based based = Client.as(Based.class, answer);
    assertThat(based.head()).isEqualTo(at.asHead()).isEqualTo(client.head());
    assertThat(based.flags().usableBase()).isTrue();
    assertThat(based.head().generation()).isEqualTo(1);
    assertThat(based.head().seq()).isEqualTo(1);
    assertThat(WholeChain.assertWhole(bench().store(), client)).isEmpty();
  }

  @Test
  default void aManifestIsKeptAsItCame() {
    Client client = bench().claimant();
    Position at = client.chainStart();
    Envelope envelope = Envelopes.manifest(at, "content", List.of());
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
                envelope));
    StoredEnvelope stored = bench().store().base(client.backup(), Hash.ZERO).orElseThrow();
    assertThat(stored.position()).isEqualTo(at);
    assertThat(stored.first()).isEqualTo(envelope.first());
    assertThat(stored.receivedAt()).isEqualTo(bench().clock().seconds());
  }

  @Test
  default void aNewChainStartLeavesTheOldChainAsABranch() {
    Client client = bench().based();
    client.append(3);
    Head old = client.head();
    Based based = client.startChain(CHUNK);
    assertThat(based.head().generation()).isEqualTo(old.generation() + 1);
    assertThat(based.head().seq()).isEqualTo(old.seq() + 1);
    assertThat(client.parent()).isEqualTo(Head.EMPTY);
    Status status = bench().store().status(client.backup());
    assertThat(status.branches()).isEqualTo(1);
    assertThat(status.generations()).isEqualTo(1);
    assertThat(WholeChain.assertWhole(bench().store(), client)).isEmpty();
    client.append(2);
    assertThat(WholeChain.assertWhole(bench().store(), client)).hasSize(2);
  }

  @Test
  default void aChainStartMustKnowTheHeadAndComeNext() {
    Client client = bench().based();
    client.append();
    Head head = client.head();
    Hash start = client.chainStart().prev();
    long pending = client.prepare(CHUNK);
    assertStartMoved(client, pending, new Position(2, 3, 5, start), client.parent().digest());
    assertStartMoved(client, pending, new Position(2, 3, 5, start), Hash.ZERO);
    assertStartMoved(client, pending, new Position(2, 2, 5, start), head.digest());
    assertStartMoved(client, pending, new Position(2, 4, 5, start), head.digest());
    assertStartMoved(client, pending, new Position(1, 3, 5, start), head.digest());
    assertStartMoved(client, pending, new Position(3, 3, 5, start), head.digest());
    assertThat(
            client.tryManifest(
                pending, BaseHow.CHAIN_START, new Position(2, 3, 5, start), head.digest()))
        .isInstanceOf(Based.class);
  }

  private static void assertStartMoved(Client client, long pending, Position at, Hash expected) {
    Message answer = client.tryManifest(pending, BaseHow.CHAIN_START, at, expected);
    assertRefused(answer, RefusalCode.HEAD_MOVED, client);
  }

  @Test
  default void aRecordOfTheOldChainDoesNotGoUponTheNew() {
    Client client = bench().based();
    client.append();
    Head old = client.head();
    client.startChain(CHUNK);
    assertRefused(client.tryAppend(old), RefusalCode.HEAD_MOVED, client);
    Head head = client.head();
    Position former = new Position(old.generation(), head.seq() + 1, 1, head.digest());
    assertRefused(client.append(former, head.digest()), RefusalCode.HEAD_MOVED, client);
  }

  @Test
  default void aRepeatedManifestIsAnsweredAsIfDoneNow() {
    Client client = bench().claimant();
    Position at = client.chainStart();
    Envelope envelope = Envelopes.manifest(at, "content", List.of());
    long pending = client.begin();
    Object first = commit(client, pending, at, envelope);
    assertThat(commit(client, pending, at, envelope)).isEqualTo(first);
    client.append();
    Based again = Client.as(Based.class, commit(client, client.begin(), at, envelope));
    assertThat(again.head()).isEqualTo(client.head());
    assertThat(WholeChain.assertWhole(bench().store(), client)).hasSize(1);
    assertThat(bench().store().status(client.backup()).generations()).isEqualTo(1);
  }

  private Object commit(Client client, long pending, Position at, Envelope envelope) {
    return Client.join(
        bench()
            .store()
            .manifest(
                client.writer(), pending, BaseHow.CHAIN_START, at, Hash.ZERO, Hash.ZERO, envelope));
  }

  @Test
  default void aBaseNeedsEveryChunkThatWasOffered() {
    Client client = bench().claimant();
    Hash lacking = Envelopes.hash("lacking");
    long pending = client.prepare(CHUNK);
    client.offer(pending, lacking);
    Position at = client.chainStart();
    assertRefused(
        client.tryManifest(pending, BaseHow.CHAIN_START, at, Hash.ZERO, CHUNK, lacking),
        RefusalCode.CHUNKS_MISSING,
        client);
    assertThat(bench().store().base(client.backup(), Hash.ZERO)).isEmpty();
    client.chunk(lacking);
    assertThat(client.tryManifest(pending, BaseHow.CHAIN_START, at, Hash.ZERO, CHUNK, lacking))
        .isInstanceOf(Based.class);
    WholeChain.assertWhole(bench().store(), client);
  }

  @Test
  default void aDroppedBaseCannotBeCommitted() {
    Client client = bench().claimant();
    long pending = client.prepare(CHUNK);
    Client.join(bench().store().dropBase(pending));
    assertNotCommitted(client, pending);
    client.offer(pending, CHUNK);
    assertNotCommitted(client, pending);
  }

  @Test
  default void aBaseThatWasNotBegunCannotBeCommitted() {
    assertNotCommitted(bench().claimant(), 0);
  }

  @Test
  default void aBaseOfAnotherBackupCannotBeCommitted() {
    Client client = bench().claimant();
    Client other = bench().client(1, "signet", 1).claim().write();
    long pending = other.prepare(CHUNK);
    client.offer(pending, Envelopes.hash("foreign"));
    assertNotCommitted(client, pending);
    Message answer =
        other.tryManifest(pending, BaseHow.CHAIN_START, other.chainStart(), Hash.ZERO, CHUNK);
    assertThat(answer).isInstanceOf(Based.class);
  }

  @Test
  default void aBaseIsCommittedOnce() {
    Client client = bench().claimant();
    long pending = client.prepare(CHUNK);
    Position first = client.chainStart();
    client.tryManifest(pending, BaseHow.CHAIN_START, first, Hash.ZERO, CHUNK);
    client.offer(pending, Envelopes.hash("late"));
    Hash expected = client.head().digest();
    assertRefused(
        client.tryManifest(pending, BaseHow.CHAIN_START, client.chainStart(), expected),
        RefusalCode.CHUNKS_MISSING,
        client);
    assertThat(bench().store().base(client.backup(), Hash.ZERO).orElseThrow().position())
        .isEqualTo(first);
  }

  private void assertNotCommitted(Client client, long pending) {
    assertRefused(
        client.tryManifest(pending, BaseHow.CHAIN_START, client.chainStart(), Hash.ZERO),
        RefusalCode.CHUNKS_MISSING,
        client);
    assertThat(client.baseUsable()).isFalse();
    assertThat(client.head()).isEqualTo(Head.EMPTY);
  }

  @Test
  default void droppingACommittedBaseDoesNothing() {
    Client client = bench().claimant();
    long pending = client.prepare(CHUNK);
    client.tryManifest(pending, BaseHow.CHAIN_START, client.chainStart(), Hash.ZERO, CHUNK);
    Client.join(bench().store().dropBase(pending));
    bench().sweepAfter(Bench.DISPLACED_KEPT);
    WholeChain.assertWhole(bench().store(), client);
  }

  @Test
  default void anOfferSaysWhatIsThereAndWhatIsLacking() {
    Client client = bench().claimant();
    Hash other = Envelopes.hash("other");
    Hash digest = client.chunk(CHUNK).digest();
    assertThat(client.offer(0, other, CHUNK, other, CHUNK))
        .containsExactly(Hash.ZERO, digest, Hash.ZERO, digest);
  }

  @Test
  default void theFirstEnvelopeOfAChunkIsKept() {
    Client client = bench().claimant();
    Stored first = client.chunk(CHUNK);
    assertThat(first.digest()).isEqualTo(Envelopes.chunk(CHUNK, "chunk " + CHUNK).digest());
    Stored second = Client.as(Stored.class, client.tryChunk(CHUNK, "another envelope"));
    assertThat(second).isEqualTo(first);
    assertThat(bench().store().chunk(client.backup(), CHUNK).orElseThrow().first())
        .isEqualTo(Envelopes.bytes("chunk " + CHUNK));
  }

  @Test
  default void aChunkThatIsLackingIsNotFound() {
    Client client = bench().claimant();
    assertThat(bench().store().chunk(client.backup(), CHUNK)).isEmpty();
  }

  @Test
  default void chunksOfBackupsDoNotMix() {
    Client one = bench().based();
    Client other = bench().client(1, "signet", 1).claim().write();
    bench().store().allow(Bench.node(2), "");
    Client stranger = bench().client(2, "regtest", 1).claim().write();
    assertThat(other.offer(0, CHUNK)).containsExactly(Hash.ZERO);
    assertThat(stranger.offer(0, CHUNK)).containsExactly(Hash.ZERO);
    Stored stored = Client.as(Stored.class, stranger.tryChunk(CHUNK, "of the stranger"));
    assertThat(one.offer(0, CHUNK)).doesNotContain(stored.digest());
    assertThat(bench().store().chunk(other.backup(), CHUNK)).isEmpty();
    WholeChain.assertWhole(bench().store(), one);
  }

  @Test
  default void chainsOfBackupsDoNotMix() {
    Client one = bench().based();
    Client other = bench().client(1, "signet", 1).claim().write();
    other.startChain(CHUNK);
    one.append(3);
    other.append(2);
    one.replace();
    other.onHead(other.head(), CHUNK);
    one.append();
    assertThat(WholeChain.assertWhole(bench().store(), one)).hasSize(4);
    assertThat(WholeChain.assertWhole(bench().store(), other)).isEmpty();
  }

  @Test
  default void statusTellsTheBytesOfTheBase() {
    Client client = bench().claimant();
    Hash second = Envelopes.hash("second");
    client.startChain(CHUNK, second);
    Status status = bench().store().status(client.backup());
    int chunk = Envelopes.bytes("chunk " + CHUNK).length;
    int manifest = bench().store().base(client.backup(), Hash.ZERO).orElseThrow().first().length;
    assertThat(status.baseBytes()).isEqualTo(manifest + 2L * (chunk + 100));
    assertThat(status.records()).isZero();
  }
}
