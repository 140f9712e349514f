package org.cldcb.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cldcb.server.store.Bench.CHUNK;

import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.cldcb.codec.Hash;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Damage made behind the store's back is named, beside the server that has it open. */
@Timeout(120)
class StoreCheckTest {
  private static final Hash OTHER = Envelopes.hash("another chunk");

  @TempDir private Path dir;
  private Bench bench;
  private SqliteFile file;
  private Client client;

  @BeforeEach
  void aStoreWithAHistory() {
    bench = new Bench(dir, SqliteFile::open);
    file = new SqliteFile(dir);
    client = bench.based();
    client.append(5);
    client.replace();
    client.chunk(OTHER);
    client.onHead(client.head(), CHUNK, OTHER);
    client.append(4);
  }

  @AfterEach
  void close() {
    file.close();
    bench.close();
  }

  private StoreCheck.Result check() {
    try (StoreCheck check = StoreCheck.open(dir, Optional.of(Client.SERVER))) {
      return check.run();
    }
  }

  private void assertFound(String finding) {
    List<String> findings = check().findings();
    assertThat(findings).hasSize(1);
    assertThat(findings.get(0)).startsWith("node " + client.backup().nodeId()).contains(finding);
  }

  /** The row of a record in the chain that counts. */
  private long idOf(long seq) {
    return file.number("SELECT chain FROM backup") << 40 | seq;
  }

  private long lastSeq() {
    return client.head().seq();
  }

  @Test
  void aBaseWithoutWhatItStandsOn() {
    client.delta(client.head());
    client.append();
    client.delta(client.head());
    assertThat(check().findings()).isEmpty();
    String top = "id = (SELECT max(id) FROM base)";
    for (String change :
        List.of(
            "UPDATE base SET parent = 99 WHERE " + top,
            "UPDATE base SET parent = id WHERE " + top,
            "UPDATE base SET depth = depth + 1 WHERE " + top,
            "UPDATE base SET parent = NULL WHERE " + top)) {
      file.execute("CREATE TABLE kept AS SELECT id, parent, depth FROM base");
      file.execute(change);
      assertFound("the base that it stands on is missing");
      file.execute(
          "UPDATE base SET (parent, depth) = (SELECT parent, depth FROM kept WHERE kept.id ="
              + " base.id)");
      file.execute("DROP TABLE kept");
    }
    assertThat(check().findings()).isEmpty();
  }

  @Test
  void whatIsSoundIsReadWhole() {
    client.startChain(CHUNK);
    client.append(2);
    bench.client(1, "signet", 1).claim().write().startChain(CHUNK);

    StoreCheck.Result result = check();

    assertThat(result.findings()).isEmpty();
    assertThat(result.records()).isEqualTo(file.number("SELECT count(*) FROM record"));
    assertThat(result.chunks()).isEqualTo(3);
    assertThat(result.manifests()).isEqualTo(4);
  }

  @Test
  void anEmptyStoreIsSound() {
    bench.store().forget(client.backup().nodeId());
    assertThat(check().isSound()).isTrue();
  }

  /** Who closes a store last moves the log into it, with what may never have reached the disk. */
  @Test
  void nothingIsChangedWhereNobodyElseHasItOpen() throws Exception {
    Path copy = Files.createDirectory(dir.resolve("copy"));
    Path log = Path.of(SqliteFile.in(copy) + "-wal");
    Files.copy(SqliteFile.in(dir), SqliteFile.in(copy));
    Files.copy(Path.of(SqliteFile.in(dir) + "-wal"), log);
    byte[] logged = Files.readAllBytes(log);
    try (StoreCheck check = StoreCheck.open(copy, Optional.of(Client.SERVER))) {
      assertThat(check.run().isSound()).isTrue();
    }
    assertThat(SqliteFile.in(copy)).hasSameBinaryContentAs(SqliteFile.in(dir));
    assertThat(log).hasBinaryContent(logged);
  }

  @Test
  void aFlippedBitOfARecord() {
    file.flip("first", "record WHERE id = " + idOf(lastSeq()));
    assertFound("record " + lastSeq() + " is damaged");
  }

  @Test
  void aFlippedBitOfAChunk() {
    file.flip("first", "chunk_first LIMIT 1");
    assertFound("chunk 1 is damaged");
  }

  @Test
  void aFlippedBitOfAManifest() {
    file.flip("first", "base ORDER BY id DESC LIMIT 1");
    assertFound("base of generation 2 is damaged");
  }

  @Test
  void aMissingChunk() {
    file.execute("DELETE FROM chunk WHERE id = 2");
    assertFound("base of generation 2 names chunks that are missing: 1");
  }

  @Test
  void aMissingRecord() {
    delete(lastSeq() - 2);
    assertFound("records " + (lastSeq() - 2) + " to " + (lastSeq() - 2) + " are missing");
  }

  @Test
  void aMissingFirstRecordAfterTheBase() {
    delete(lastSeq() - 3);
    assertFound("records " + (lastSeq() - 3) + " to " + (lastSeq() - 3) + " are missing");
  }

  @Test
  void aMissingFirstRecordOfAChain() {
    client.startChain(CHUNK);
    client.append(3);
    delete(lastSeq() - 2);
    assertFound("records " + (lastSeq() - 2) + " to " + (lastSeq() - 2) + " are missing");
  }

  @Test
  void aMissingTail() {
    delete(lastSeq());
    assertFound("the head is record " + lastSeq() + ", but the chain ends with another");
  }

  private void delete(long seq) {
    file.execute("DELETE FROM record WHERE id = " + idOf(seq));
  }

  @Test
  void aHeadOfAnotherVersion() {
    file.execute("UPDATE backup SET data_version = data_version + 1");
    assertFound("the head is record " + lastSeq() + ", but the chain ends with another");
  }

  @Test
  void aHeadOfAnotherSeq() {
    long last = lastSeq();
    file.execute("UPDATE backup SET seq = seq + 1");
    assertFound("the head is record " + (last + 1) + ", but the chain ends with another, " + last);
  }

  @Test
  void aBaseOfAnotherGeneration() {
    file.execute("UPDATE backup SET base = (SELECT min(id) FROM base)");
    assertFound("the base in use isn't the head's");
  }

  @Test
  void aHeadOnNoChain() {
    file.execute("UPDATE backup SET chain = chain + 8");
    assertFound("the base in use isn't the head's");
  }

  @Test
  void aBaseOnAnotherChain() {
    file.execute("UPDATE base SET chain = chain + 8 WHERE id = (SELECT base FROM backup)");
    assertFound("the base in use isn't the head's");
  }

  @Test
  void aHeadWithoutABase() {
    file.execute("UPDATE backup SET base = NULL");
    assertFound("the base in use isn't the head's");
  }

  @Test
  void aHeadOnTheChainOfAnotherBackup() {
    bench.client(1, "signet", 1).claim().write().startChain(CHUNK);
    String place = "(chain, base, generation, seq, data_version, digest)";
    file.execute(
        "UPDATE backup SET "
            + place
            + " = (SELECT chain, base, generation, seq, data_version, digest FROM backup"
            + " WHERE network = 'regtest') WHERE network = 'signet'");
    assertFound("signet: the base in use isn't the head's");
  }

  /** As many as a message has, and one more. */
  @Test
  void aClaimFarDown() {
    for (int i = 0; i < 200; i++) {
      client.claim();
    }
    file.execute("UPDATE claim SET signature = delegation WHERE number = 201");
    assertFound("claim 201 isn't signed by the node for this server");
  }

  @Test
  void aClaimThatTheNodeDidNotSign() {
    file.execute("UPDATE claim SET signature = (SELECT delegation FROM claim)");
    assertFound("claim 1 isn't signed by the node for this server");
  }

  @Test
  void aMissingClaim() {
    client.claim();
    file.execute("DELETE FROM claim WHERE number = 1");
    assertFound("claim 2 came where claim 1 belongs");
  }

  @Test
  void aRecordOfAnotherPast() {
    long seq = lastSeq() - 1;
    file.execute("UPDATE record SET prev = randomblob(32) WHERE id = " + idOf(seq));
    assertThat(check().findings())
        .hasSize(2)
        .anyMatch(line -> line.endsWith("record " + seq + " is damaged"))
        .anyMatch(line -> line.contains("record " + seq + " doesn't follow"));
  }

  @Test
  void aPageThatSqliteCannotRead() throws Exception {
    client.append(300);
    bench.store().close();
    file.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    long page =
        file.number(
            "SELECT pageno FROM dbstat WHERE name = 'record' AND pagetype = 'leaf' LIMIT 1");
    try (RandomAccessFile raw = new RandomAccessFile(SqliteFile.in(dir).toFile(), "rw")) {
      raw.seek((page - 1) * file.number("PRAGMA page_size"));
      byte[] garbage = new byte[16];
      Arrays.fill(garbage, (byte) 0x7e);
      raw.write(garbage);
    }
    bench.reopen();
    assertThat(check().findings())
        .anyMatch(line -> line.startsWith("SQLite's structure"))
        .anyMatch(line -> line.matches("node .*: records up to \\d+ can't be read"));
  }

  /** SQLite finds it where the next one should be: whoever goes on from it goes in circles. */
  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aRecordWhoseIdLeadsBack() throws Exception {
    client.append(20);
    long last = idOf(lastSeq());
    bench.store().close();
    file.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    String sound = Files.readString(SqliteFile.in(dir), StandardCharsets.ISO_8859_1);
    List<String> findings = new ArrayList<>();
    for (long id = last - 15; id < last; id++) {
      assertThat(sound).containsOnlyOnce(varint(id));
      Files.writeString(
          SqliteFile.in(dir),
          sound.replace(varint(id), varint(id - 3)),
          StandardCharsets.ISO_8859_1);
      List<String> found = check().findings();
      assertThat(found).anyMatch(line -> line.startsWith("SQLite's structure"));
      findings.addAll(found);
    }
    assertThat(findings)
        .anyMatch(line -> line.matches("node .*: records up to \\d+ can't be read"));
  }

  /** As in SQLite's file format, §2.1: seven bits a byte, all but the last with the eighth set. */
  private static String varint(long value) {
    String last = String.valueOf((char) (value & 0x7f));
    StringBuilder bytes = new StringBuilder(last);
    for (long rest = value >>> 7; rest != 0; rest >>>= 7) {
      bytes.insert(0, (char) (rest & 0x7f | 0x80));
    }
    return bytes.toString();
  }

  @Test
  void aFileThatWasCut() throws Exception {
    client.append(300);
    bench.store().close();
    file.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    file.close();
    try (RandomAccessFile raw = new RandomAccessFile(SqliteFile.in(dir).toFile(), "rw")) {
      raw.setLength(raw.length() / 2 / 4096 * 4096);
    }
    assertThatThrownBy(this::check)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("can't be opened")
        .hasMessageContaining("malformed");
  }
}
