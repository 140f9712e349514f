package org.cldcb.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.cldcb.chain.ChainDigest;
import org.cldcb.chain.Head;
import org.cldcb.chain.Position;
import org.cldcb.codec.Hash;
import org.cldcb.wire.AppendHow;
import org.cldcb.wire.Appended;
import org.cldcb.wire.Message;
import org.cldcb.wire.RefusalCode;
import org.cldcb.wire.Stored;
import org.junit.jupiter.api.Test;

/** The contract on real files, and what is SQLite's own. */
class SqliteStoreTest extends BackupStoreContract {

  @Override
  BackupStore open(StoreSettings settings) {
    return SqliteFile.open(settings);
  }

  private SqliteStore store() {
    return (SqliteStore) bench().store();
  }

  @Test
  void aStoreIsMadeOnce() {
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> SqliteStore.create(dir, Map.of()));
  }

  @Test
  void aStoreThatIsNotThereCannotBeOpened() {
    Path empty = dir.resolve("empty");
    assertThatExceptionOfType(StoreException.class).isThrownBy(() -> SqliteStore.open(empty));
  }

  @Test
  void aStoreOfAnotherVersionCannotBeOpened() {
    bench().store().close();
    try (SqliteFile file = new SqliteFile(dir)) {
      file.execute("PRAGMA user_version = 3");
    }
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> SqliteStore.open(dir))
        .withMessageContaining("version 3");
  }

  @Test
  void somethingElseThanADatabaseCannotBeOpened() throws Exception {
    Path other = Files.createDirectory(dir.resolve("other"));
    Files.write(SqliteFile.in(other), "not a database, but long enough".repeat(100).getBytes());
    int before = Thread.activeCount();
    assertThatExceptionOfType(StoreException.class).isThrownBy(() -> SqliteStore.open(other));
    assertThat(Thread.activeCount()).isEqualTo(before);
  }

  @Test
  void onlyTheOwnerMayReadTheFiles() throws Exception {
    bench().based();
    try (var files = Files.list(dir)) {
      assertThat(files)
          .hasSizeGreaterThan(1)
          .allSatisfy(
              file ->
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                      .isEqualTo("rw-------"));
    }
  }

  @Test
  void settingsAreKept() throws Exception {
    Path other = Files.createDirectory(dir.resolve("other"));
    SqliteStore.create(other, Map.of("name", "value")).close();
    try (SqliteStore store = SqliteStore.open(other)) {
      assertThat(store.setting("name")).contains("value");
      assertThat(store.setting("another")).isEmpty();
    }
  }

  @Test
  void whatABrokenOffMakingLeftIsInNobodysWay() throws Exception {
    Path other = Files.createDirectory(dir.resolve("other"));
    Files.writeString(Path.of(SqliteFile.in(other) + ".new"), "half");
    Files.writeString(Path.of(SqliteFile.in(other) + ".new-wal"), "half");
    assertThat(SqliteStore.exists(other)).isFalse();
    SqliteStore.create(other, Map.of()).close();
    try (var files = Files.list(other)) {
      assertThat(files).containsExactly(SqliteFile.in(other));
    }
  }

  @Test
  void aMakingThatFailsLeavesNoStore() throws Exception {
    Path other = Files.createDirectory(dir.resolve("other"));
    Files.createDirectories(other.resolve("cldcb.sqlite3.new").resolve("in the way"));
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> SqliteStore.create(other, Map.of()));
    assertThat(SqliteStore.exists(other)).isFalse();
  }

  @Test
  void anUnfinishedStoreSaysWhatToDo() throws Exception {
    Path other = Files.createDirectory(dir.resolve("other"));
    Files.createFile(SqliteFile.in(other));
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> SqliteStore.open(other))
        .withMessageContaining("delete " + SqliteFile.in(other) + " and run init again");
  }

  @Test
  void basesThatTheLastServerBeganCanBeDropped() {
    Client client = bench().based();
    long pending = client.prepare(Envelopes.hash("other"));
    bench().reopen();
    store().dropPending();
    Answers.assertRefused(
        client.tryOnHead(pending, client.head(), 2), RefusalCode.CHUNKS_MISSING, client);
    bench().sweepAfter(Bench.UNREFERENCED_KEPT.plus(Bench.MOMENT));
    assertThat(store().chunk(client.backup(), Envelopes.hash("other"))).isEmpty();
    WholeChain.assertWhole(store(), client);
  }

  @Test
  void whatIsAnsweredIsInTheFilesAlready() throws Exception {
    Client client = bench().based();
    for (int i = 0; i < 5; i++) {
      Appended appended = client.append();
      Path copy = copyFiles("copy " + i);
      try (SqliteStore restored = SqliteStore.open(copy)) {
        assertThat(restored.head(client.backup()).head().digest()).isEqualTo(appended.digest());
        assertThat(WholeChain.assertWhole(restored, client)).hasSize(i + 1);
      }
    }
  }

  private Path copyFiles(String name) throws IOException {
    Path copy = Files.createDirectory(dir.resolve(name));
    for (Path file : List.of(SqliteFile.in(dir), Path.of(SqliteFile.in(dir) + "-wal"))) {
      Files.copy(file, copy.resolve(file.getFileName()));
    }
    return copy;
  }

  @Test
  void whatWasDisplacedIsStillInTheFileWithItsReason() {
    Client client = bench().based();
    client.append(2);
    Hash replaced = client.head().digest();
    client.replace();
    Hash displaced = client.head().digest();
    client.startChain(Bench.CHUNK);
    assertThat(chainsWith(replaced, "replaced")).isEqualTo(1);
    assertThat(chainsWith(displaced, "displaced")).isEqualTo(1);
  }

  private long chainsWith(Hash record, String reason) {
    try (SqliteFile file = new SqliteFile(dir)) {
      return file.number(
          "SELECT count(*) FROM record JOIN chain ON chain.id = record.id >> 40 WHERE reason = '"
              + reason
              + "' AND lower(hex(digest)) = '"
              + record.hex()
              + "'");
    }
  }

  @Test
  void writesWaitWhileAnotherProcessWrites() throws Exception {
    Client client = bench().based();
    try (SqliteFile other = new SqliteFile(dir)) {
      other.execute("BEGIN IMMEDIATE");
      CompletableFuture<Message> answer = sendNext(client, client.head());
      TimeUnit.MILLISECONDS.sleep(300);
      assertThat(answer).isNotDone();
      assertThat(client.head().seq()).isEqualTo(1);
      other.execute("COMMIT");
      assertThat(Client.join(answer)).isInstanceOf(Appended.class);
    }
  }

  @Test
  void aRequestThatFailsDoesNotFailTheOthersOfItsBatch() {
    Client client = bench().based();
    Client other = bench().client(1, "signet", 1).claim().write();
    other.startChain();
    CompletableFuture<Message> before;
    CompletableFuture<Message> failing;
    CompletableFuture<Message> after;
    CompletableFuture<Message> bulk;
    try (SqliteFile file = new SqliteFile(dir)) {
      file.execute("BEGIN IMMEDIATE");
      CompletableFuture<Message> alone = sendNext(client, Head.EMPTY);
      before = sendNext(client, client.head());
      failing = sendBroken(other);
      after = sendNext(other, other.head());
      bulk = bench().store().offer(client.writer(), 0, List.of(Bench.CHUNK));
      file.execute("COMMIT");
      Client.join(alone);
    }
    assertThat(Client.join(before)).isInstanceOf(Appended.class);
    assertThat(failing).failsWithin(10, TimeUnit.SECONDS);
    assertThat(Client.join(after)).isInstanceOf(Appended.class);
    assertThat(Client.join(bulk)).isNotNull();
    assertThat(WholeChain.assertWhole(bench().store(), client)).hasSize(1);
    assertThat(WholeChain.assertWhole(bench().store(), other)).hasSize(1);
  }

  private static CompletableFuture<Message> sendNext(Client client, Head head) {
    Position at = head.next(head.dataVersion() + 1);
    return client.send(
        AppendHow.APPEND, at, head.digest(), Envelopes.record(at, "content " + at.seq()));
  }

  private CompletableFuture<Message> sendBroken(Client client) {
    Head head = client.head();
    Position at = head.next(head.dataVersion() + 1);
    Envelope broken = Envelopes.broken(ChainDigest.ofRecord(at), dir);
    return client.send(AppendHow.APPEND, at, head.digest(), broken);
  }

  @Test
  void closingCompletesWhatWaits() throws Exception {
    Client client = bench().based();
    Head head = client.head();
    CompletableFuture<Message> urgent;
    CompletableFuture<Message> bulk;
    CompletableFuture<Void> closed;
    try (SqliteFile file = new SqliteFile(dir)) {
      file.execute("BEGIN IMMEDIATE");
      urgent = sendNext(client, head);
      bulk = bench().store().offer(client.writer(), 0, List.of(Hash.ZERO));
      closed = CompletableFuture.runAsync(bench().store()::close);
      TimeUnit.MILLISECONDS.sleep(200);
      assertThat(closed).isNotDone();
      file.execute("COMMIT");
    }
    assertThat(Client.join(urgent)).isInstanceOf(Appended.class);
    assertThat(Client.join(bulk)).isNotNull();
    Client.join(closed);
    bench().reopen();
    assertThat(client.head().seq()).isEqualTo(head.seq() + 1);
  }

  @Test
  void theWriteAheadLogShrinksAfterASpike() throws Exception {
    Client client = bench().based();
    Path log = Path.of(SqliteFile.in(dir) + "-wal");
    try (SqliteFile reader = new SqliteFile(dir)) {
      reader.execute("BEGIN");
      reader.number("SELECT count(*) FROM record");
      for (int i = 0; i < 12; i++) {
        Hash id = Envelopes.hash("large " + i);
        Envelope envelope =
            Envelopes.segmented(
                ChainDigest.ofChunk(id),
                new byte[100],
                List.of(Envelopes.segment(i, 1_500_000, true)),
                dir);
        Client.as(Stored.class, Client.join(store().chunk(client.writer(), id, envelope)));
      }
      assertThat(Files.size(log)).isGreaterThan(16 << 20);
    }
    client.append(3);
    assertThat(Files.size(log)).isLessThanOrEqualTo(16 << 20);
  }
}
