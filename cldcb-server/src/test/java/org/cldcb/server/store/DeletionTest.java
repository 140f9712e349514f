package org.cldcb.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cldcb.server.store.Bench.CHUNK;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.cldcb.chain.ChainDigest;
import org.cldcb.codec.Hash;
import org.cldcb.wire.AppendHow;
import org.cldcb.wire.Refused;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is large goes piece by piece, and what is left in between is in nobody's way. */
@Timeout(120)
class DeletionTest {
  private static final Hash OTHER = Envelopes.hash("another chunk");
  private static final Duration CENTURY = Duration.ofDays(36_500);
  private static final List<String> TABLES =
      List.of(
          "backup",
          "claim",
          "chain",
          "record",
          "record_segment",
          "base",
          "manifest_segment",
          "base_chunk",
          "chunk",
          "chunk_first",
          "chunk_segment");

  @TempDir private Path dir;
  private Bench bench;
  private SqliteFile file;
  private Sql sql;

  @BeforeEach
  void openStore() throws Exception {
    bench = new Bench(dir, SqliteFile::open);
    file = new SqliteFile(dir);
    sql = new Sql(DriverManager.getConnection("jdbc:sqlite:" + SqliteFile.in(dir)));
  }

  @AfterEach
  void closeStore() {
    sql.close();
    file.close();
    bench.close();
  }

  /** A backup with several hundred rows of each kind. */
  private Client large() {
    Client client = bench.based();
    Hash[] chunks =
        IntStream.range(0, 700).mapToObj(n -> Envelopes.hash("chunk " + n)).toArray(Hash[]::new);
    client.append(300);
    appendSegmented(client, 300);
    client.onHead(client.head(), chunks);
    client.append();
    client.replace();
    client.startChain(chunks);
    client.append(3);
    client.onHead(client.head(), chunks);
    client.append(3);
    return client;
  }

  private void appendSegmented(Client client, int segments) {
    var head = client.head();
    var at = head.next(head.dataVersion());
    List<byte[]> parts =
        IntStream.rangeClosed(1, segments)
            .mapToObj(n -> Envelopes.segment(1, 50, n == segments))
            .toList();
    Envelope envelope = Envelopes.segmented(ChainDigest.ofRecord(at), new byte[9], parts, dir);
    Client.join(client.send(AppendHow.APPEND, at, head.digest(), envelope));
    assertThat(client.head().seq()).isEqualTo(at.seq());
  }

  /** Deletes all that has expired or was forgotten, and looks at what is left after each piece. */
  private int expire(Consumer<Long> look) {
    int pieces = 0;
    long rows = rows();
    while (Retention.expire(sql, bench.clock().seconds())) {
      long left = rows();
      look.accept(rows - left);
      rows = left;
      pieces++;
    }
    return pieces;
  }

  private long rows() {
    return TABLES.stream().mapToLong(this::rows).sum();
  }

  private long rows(String table) {
    return file.number("SELECT count(*) FROM " + table);
  }

  @Test
  void aBaseInTheMakingThatIsDroppedGoesPieceByPieceAndLeavesItsChunks() {
    Client client = bench.based();
    long before = rows("base_chunk");
    long pending =
        client.prepare(
            IntStream.range(0, 700).mapToObj(n -> Envelopes.hash("c" + n)).toArray(Hash[]::new));
    long rows = rows();
    Client.join(bench.store().dropBase(pending));
    assertThat(rows()).isEqualTo(rows);
    assertThat(client.tryOnHead(pending, client.head(), 2)).isInstanceOf(Refused.class);
    expire(deleted -> assertThat(deleted).isLessThanOrEqualTo(500));
    assertThat(rows("base_chunk")).isEqualTo(before);
    assertThat(rows("base")).isEqualTo(1);
    bench.store().sweep();
    assertThat(rows("chunk")).isEqualTo(701);
  }

  @Test
  void noPieceIsLarge() {
    Client client = large();
    bench.clock().advance(CENTURY);
    assertThat(expire(rows -> assertThat(rows).isLessThanOrEqualTo(500))).isGreaterThan(6);
    WholeChain.assertWhole(bench.store(), client);
    sql.execute("BEGIN");
    Nodes.forget(sql, Bench.node(1));
    sql.execute("COMMIT");
    assertThat(expire(rows -> assertThat(rows).isLessThanOrEqualTo(500))).isGreaterThan(6);
    assertThat(rows()).isZero();
  }

  @Test
  void whatIsCurrentIsWholeAfterEachPiece() {
    Client client = large();
    Client other = bench.client(1, "signet", 1).claim().write();
    other.startChain(CHUNK, OTHER);
    other.append(2);
    bench.clock().advance(CENTURY);
    expire(
        rows -> {
          assertThat(WholeChain.assertWhole(bench.store(), client)).hasSize(3);
          assertThat(WholeChain.assertWhole(bench.store(), other)).hasSize(2);
        });
  }

  @Test
  void nothingOfAForgottenBackupIsReadableAfterAnyPiece() {
    Client client = large();
    Nodes.forget(sql, Bench.node(1));
    assertForgotten(client);
    expire(rows -> assertForgotten(client));
    assertThat(rows()).isZero();
  }

  private void assertForgotten(Client client) {
    assertThat(bench.store().head(client.backup()).head().isEmpty()).isTrue();
    assertThat(bench.store().base(client.backup(), Hash.ZERO)).isEmpty();
    assertThat(bench.store().chunk(client.backup(), CHUNK)).isEmpty();
    assertThat(bench.store().records(client.backup(), 0, 1 << 20)).isEmpty();
    assertThat(bench.store().claims(client.backup(), 1)).isEmpty();
    assertThat(bench.store().summaries()).isEmpty();
  }

  @Test
  void aForgottenNodeThatComesBackMeetsNothingOfItsFormerBackup() {
    large();
    Nodes.forget(sql, Bench.node(1));
    Client again = bench.claimant();
    assertThat(again.offer(0, CHUNK)).containsExactly(Hash.ZERO);
    again.startChain(CHUNK);
    again.append(2);
    expire(rows -> assertThat(WholeChain.assertWhole(bench.store(), again)).hasSize(2));
    bench.sweepAfter(CENTURY);
    assertThat(WholeChain.assertWhole(bench.store(), again)).hasSize(2);
    assertThat(rows("backup")).isEqualTo(1);
    assertThat(rows("chunk")).isEqualTo(1);
    assertThat(rows("record")).isEqualTo(2);
  }

  @Test
  void forgettingDeletesAllBeforeItReturns() {
    large();
    assertThat(bench.store().forget(Bench.node(1))).isTrue();
    assertThat(rows()).isZero();
  }

  @Test
  void aSweepGoesOnWithWhatWasBrokenOff() {
    large();
    Nodes.forget(sql, Bench.node(1));
    Retention.expire(sql, bench.clock().seconds());
    bench.reopen();
    bench.store().sweep();
    assertThat(rows()).isZero();
  }
}
