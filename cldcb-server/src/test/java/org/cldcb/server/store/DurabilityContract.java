package org.cldcb.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.cldcb.server.store.Bench.CHUNK;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.cldcb.chain.ChainDigest;
import org.cldcb.chain.Head;
import org.cldcb.chain.Position;
import org.cldcb.codec.Hash;
import org.cldcb.wire.AppendHow;
import org.cldcb.wire.Appended;
import org.cldcb.wire.Message;
import org.junit.jupiter.api.Test;

/** Reopening, several stores on the same data, failures. */
interface DurabilityContract {
  Bench bench();

  @Test
  default void reopeningKeepsEverything() {
    Client client = bench().based();
    client.append(3);
    client.replace();
    client.onHead(client.head(), CHUNK);
    client.append(2);
    HeadState head = bench().store().head(client.backup());
    List<BackupSummary> summaries = bench().store().summaries();
    List<NodeEntry> nodes = bench().store().nodes();
    bench().reopen();
    assertThat(bench().store().head(client.backup())).isEqualTo(head);
    assertThat(bench().store().summaries()).isEqualTo(summaries);
    assertThat(bench().store().nodes()).isEqualTo(nodes);
    assertThat(bench().store().claims(client.backup(), 1)).hasSize(1);
    assertThat(WholeChain.assertWhole(bench().store(), client)).hasSize(2);
  }

  @Test
  default void aSessionsEpochOutlivesTheServer() {
    Client old = bench().based();
    Client current = old.inEpoch(0).write();
    bench().reopen();
    assertThat(old.tryAppend(old.head())).isNotInstanceOf(Appended.class);
    current.append();
    assertThat(current.inEpoch(0).write().epoch()).isEqualTo(current.epoch() + 1);
  }

  @Test
  default void anotherStoreOnTheSameDataSeesAndMakesChangesAtOnce() {
    Client client = bench().based();
    try (BackupStore other = bench().another()) {
      long version = bench().store().listVersion();
      assertThat(other.isAllowed(Bench.node(1))).isTrue();
      other.revoke(Bench.node(1));
      assertThat(bench().store().isAllowed(Bench.node(1))).isFalse();
      assertThat(bench().store().listVersion()).isNotEqualTo(version);
      assertThat(client.tryAppend(client.head())).isNotInstanceOf(Appended.class);
      other.allow(Bench.node(1), "");
      client.append();
      assertThat(WholeChain.assertWhole(other, client)).hasSize(1);
    }
  }

  @Test
  default void twoStoresOnTheSameDataKeepOneChain() {
    Client client = bench().based();
    try (BackupStore other = bench().another()) {
      Client there =
          new Client(() -> other, Client.key(1), client.backup(), client.delegate())
              .inEpoch(client.epoch());
      for (int i = 0; i < 20; i++) {
        Head head = client.head();
        List<Message> answers = List.of(client.tryAppend(head), there.tryAppend(head));
        assertThat(answers).filteredOn(Appended.class::isInstance).hasSize(1);
        there.append();
      }
      assertThat(WholeChain.assertWhole(other, client)).hasSize(40);
      there.inEpoch(0).write();
      assertThat(client.tryAppend(client.head())).isNotInstanceOf(Appended.class);
    }
  }

  @Test
  default void aRequestThatFailsChangesNothing() {
    Client client = bench().based();
    Head head = client.head();
    Position at = head.next(head.dataVersion());
    Envelope broken = Envelopes.broken(ChainDigest.ofRecord(at), bench().dir());
    CompletableFuture<Message> answer = client.send(AppendHow.APPEND, at, head.digest(), broken);
    assertFails(answer);
    assertThat(client.head()).isEqualTo(head);
    client.append();
    assertThat(WholeChain.assertWhole(bench().store(), client)).hasSize(1);
  }

  @Test
  default void aChunkThatFailsIsNotThere() {
    Client client = bench().based();
    Hash id = Envelopes.hash("broken");
    Envelope broken = Envelopes.broken(ChainDigest.ofChunk(id), bench().dir());
    assertFails(bench().store().chunk(client.writer(), id, broken));
    assertThat(client.offer(0, id)).containsExactly(Hash.ZERO);
  }

  @Test
  default void aClosedStoreFailsInsteadOfWaiting() {
    Client client = bench().based();
    bench().store().close();
    Position at = Head.EMPTY.next(1);
    Envelope envelope = Envelopes.record(at, "content");
    assertFails(client.send(AppendHow.APPEND, at, Hash.ZERO, envelope));
    assertThatExceptionOfType(StoreException.class).isThrownBy(client::head);
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> bench().store().allow(Bench.node(2), ""));
    bench().store().close();
  }

  private static void assertFails(CompletableFuture<Message> answer) {
    assertThatExceptionOfType(CompletionException.class)
        .isThrownBy(() -> Client.join(answer))
        .withCauseInstanceOf(StoreException.class);
  }
}
