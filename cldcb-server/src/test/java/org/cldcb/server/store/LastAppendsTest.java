package org.cldcb.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cldcb.server.store.Answers.assertError;
import static org.cldcb.server.store.Answers.assertRefused;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.cldcb.chain.ChainDigest;
import org.cldcb.chain.Head;
import org.cldcb.chain.Position;
import org.cldcb.wire.AppendHow;
import org.cldcb.wire.Appended;
import org.cldcb.wire.ErrorCode;
import org.cldcb.wire.Message;
import org.cldcb.wire.RefusalCode;
import org.cldcb.wire.Superseded;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an append remembers never outlives what was stored, whoever changes that, and how. */
@Timeout(120)
class LastAppendsTest {
  @TempDir private Path dir;
  private Bench bench;
  private BackupStore other;
  private Client client;

  /** A node that has just appended, so that all is remembered, and another process. */
  @BeforeEach
  void appendOnce() {
    bench = new Bench(dir, SqliteFile::open);
    other = bench.another();
    client = bench.based();
    client.append(2);
  }

  @AfterEach
  void close() {
    other.close();
    bench.close();
  }

  /** The client, if it were to ask the other process. */
  private Client atOther(int delegate) {
    return new Client(
        () -> other, Client.key(1), client.backup(), Client.key(100 + delegate).publicKey());
  }

  private Message append() {
    return client.tryAppend(client.head());
  }

  @Test
  void anotherProcessRevokes() {
    other.revoke(client.backup().nodeId());
    assertError(append(), ErrorCode.NOT_ALLOWED);
    other.allow(client.backup().nodeId(), "");
    client.append();
  }

  @Test
  void anotherProcessForgets() {
    Head head = client.head();
    other.forget(client.backup().nodeId());
    assertError(client.tryAppend(head), ErrorCode.NOT_ALLOWED);
    other.allow(client.backup().nodeId(), "");
    assertError(client.tryAppend(head), ErrorCode.UNCLAIMED);
  }

  @Test
  void anotherProcessSetsAQuota() {
    assertThat(client.append().flags().nearlyFull()).isFalse();
    other.allow(client.backup().nodeId(), "", 1L);
    assertThat(client.append().flags().nearlyFull()).isTrue();
    other.allow(client.backup().nodeId(), "", 1L << 30);
    assertThat(client.append().flags().nearlyFull()).isFalse();
  }

  @Test
  void anotherProcessTakesAClaim() {
    atOther(2).claim();
    assertThat(append()).isInstanceOf(Superseded.class);
  }

  @Test
  void anotherProcessBeginsAnEpoch() {
    atOther(1).write();
    assertError(append(), ErrorCode.NEWER_WRITER);
  }

  @Test
  void anotherProcessAppends() {
    Head before = client.head();
    Position at = before.next(before.dataVersion() + 1);
    Message appended =
        Client.join(
            other.append(
                client.writer(),
                AppendHow.APPEND,
                at,
                before.digest(),
                Envelopes.record(at, "by the other process")));
    assertThat(appended).isInstanceOf(Appended.class);
    assertRefused(client.tryAppend(before), RefusalCode.HEAD_MOVED, client);
    client.append();
    assertThat(WholeChain.assertWhole(bench.store(), client)).hasSize(4);
  }

  @Test
  void somebodyFindsTheBaseRotten() {
    try (SqliteFile file = new SqliteFile(dir)) {
      file.execute("UPDATE backup SET base_usable = 0");
    }
    assertRefused(append(), RefusalCode.NO_USABLE_BASE, client);
  }

  @Test
  void thisProcessRevokesClaimsAndBeginsAnEpoch() {
    bench.store().revoke(client.backup().nodeId());
    assertError(append(), ErrorCode.NOT_ALLOWED);
    bench.store().allow(client.backup().nodeId(), "");
    client.append();
    Client newer = bench.client(1, "regtest", 1).write();
    assertError(append(), ErrorCode.NEWER_WRITER);
    newer.append();
    bench.client(1, "regtest", 2).claim();
    assertThat(newer.tryAppend(newer.head())).isInstanceOf(Superseded.class);
  }

  @Test
  void aBaseAndARecordInTheHeadsPlaceAreSeen() {
    client.onHead(client.head(), Bench.CHUNK);
    client.append(2);
    client.replace();
    client.append(2);
    assertThat(client.head().generation()).isEqualTo(2);
    assertThat(WholeChain.assertWhole(bench.store(), client)).hasSize(4);
  }

  private Quota quota() {
    return other.quotas().get(0).quota();
  }

  @Test
  void recordsUseTheQuotaUpAsIfItWereReadEachTime() {
    other.allow(client.backup().nodeId(), "", 2 * quota().kept());
    for (int i = 0; quota().level() == Quota.Level.ENOUGH; i++) {
      Appended appended = i % 2 == 0 ? client.append() : client.replace();
      assertThat(appended.flags().nearlyFull()).isFalse();
    }
    assertThat(client.append().flags().nearlyFull()).isTrue();
  }

  @Test
  void aNodesOtherBackupUsesItsQuotaUpToo() {
    Client elsewhere = bench.client(1, "bitcoin", 1).claim().write();
    elsewhere.startChain(Bench.CHUNK);
    other.allow(client.backup().nodeId(), "", 2 * quota().kept());
    client.append();
    while (quota().level() == Quota.Level.ENOUGH) {
      assertThat(elsewhere.append().flags().nearlyFull()).isFalse();
    }
    assertThat(client.append().flags().nearlyFull()).isTrue();
  }

  @Test
  void whatWasRolledBackIsForgotten() throws Exception {
    Head head = client.head();
    Position next = head.next(head.dataVersion() + 1);
    Envelope record = Envelopes.record(next, "rolled back once");
    Position after = next.headWith(record.digest()).next(next.dataVersion() + 1);
    Envelope broken = Envelopes.broken(ChainDigest.ofRecord(after), dir);
    CompletableFuture<Message> good;
    CompletableFuture<Message> bad;
    try (SqliteFile file = new SqliteFile(dir)) {
      file.execute("BEGIN IMMEDIATE");
      // The thread that commits waits for the lock with this; the two come after it, together.
      bench.store().beginBase(client.writer());
      TimeUnit.MILLISECONDS.sleep(100);
      good = client.send(AppendHow.APPEND, next, head.digest(), record);
      bad = client.send(AppendHow.APPEND, after, record.digest(), broken);
      file.execute("COMMIT");
    }
    assertThat(Client.join(good)).isInstanceOf(Appended.class);
    assertThat(bad).failsWithin(30, TimeUnit.SECONDS);
    assertThat(client.head()).isEqualTo(next.headWith(record.digest()));
    client.append();
    assertThat(WholeChain.assertWhole(bench.store(), client)).hasSize(4);
  }
}
