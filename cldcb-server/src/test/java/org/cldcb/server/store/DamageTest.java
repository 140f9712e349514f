package org.cldcb.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cldcb.server.store.Bench.CHUNK;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.cldcb.codec.Hash;
import org.cldcb.wire.Appended;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Bytes that changed where SQLite's own structure lies. */
@Timeout(120)
class DamageTest {
  private static final Hash OTHER = Envelopes.hash("another chunk");
  private static final long ALL = 1 << 30;

  @TempDir private Path dir;
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final PrintStream stderr = System.err;
  private Bench bench;
  private Client client;

  @BeforeEach
  void openStore() {
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    bench = new Bench(dir, SqliteFile::open);
    client = bench.based();
  }

  @AfterEach
  void closeStore() {
    bench.close();
    System.setErr(stderr);
  }

  /** Overwrites the head of a page that a query on SQLite's own statistics finds. */
  private void breakPage(String table, String kind) throws Exception {
    bench.store().close();
    long page;
    long size;
    try (SqliteFile file = new SqliteFile(dir)) {
      file.execute("PRAGMA wal_checkpoint(TRUNCATE)");
      page =
          file.number(
              "SELECT pageno FROM dbstat WHERE name = '"
                  + table
                  + "' AND pagetype = '"
                  + kind
                  + "' ORDER BY path LIMIT 1");
      size = file.number("PRAGMA page_size");
    }
    try (RandomAccessFile file = new RandomAccessFile(SqliteFile.in(dir).toFile(), "rw")) {
      file.seek((page - 1) * size);
      byte[] garbage = new byte[16];
      Arrays.fill(garbage, (byte) 0x7e);
      file.write(garbage);
    }
    bench.reopen();
  }

  private long reports() {
    return log.toString(StandardCharsets.UTF_8)
        .lines()
        .filter(line -> line.contains("the store's file is damaged"))
        .count();
  }

  @Test
  void aChunkThatCannotBeReadIsAskedForAgain() throws Exception {
    fill();
    client.onHead(client.head(), OTHER);
    breakPage("chunk_first", "leaf");
    bench.store().scrub(ALL);
    assertThat(reports()).isPositive();
    assertThat(client.baseUsable()).isFalse();
    assertThat(client.offer(0, OTHER)).containsExactly(Hash.ZERO);
  }

  /** Chunks and records in plenty, so that their tables have more pages than one. */
  private void fill() {
    client.chunk(OTHER);
    for (int i = 0; i < 150; i++) {
      client.chunk(Envelopes.hash("chunk " + i));
    }
  }

  @Test
  void eachPlaceIsReportedOnceAndPassed() throws Exception {
    client.append(150);
    Client other = bench.client(1, "signet", 1).claim().write();
    other.startChain(CHUNK);
    other.append(3);
    breakPage("record", "leaf");
    bench.store().scrub(ALL);
    bench.store().scrub(ALL);
    assertThat(reports()).isEqualTo(1);
    assertThat(client.baseUsable()).isFalse();
    assertThat(WholeChain.assertWhole(bench.store(), other)).hasSize(3);
  }

  @Test
  void rotBehindADamagedPlaceIsFound() throws Exception {
    client.append(150);
    Client other = bench.client(1, "signet", 1).claim().write();
    other.startChain(CHUNK);
    other.append(3);
    breakPage("record", "leaf");
    try (SqliteFile file = new SqliteFile(dir)) {
      file.flip("first", "record ORDER BY id DESC LIMIT 1");
    }
    bench.store().scrub(ALL);
    assertThat(other.baseUsable()).isFalse();
  }

  @Test
  void aNewBaseHeals() throws Exception {
    client.append(150);
    breakPage("record", "leaf");
    bench.store().scrub(ALL);
    client.startChain(CHUNK);
    assertThat(client.tryAppend(client.head())).isInstanceOf(Appended.class);
    bench.store().scrub(ALL);
    assertThat(WholeChain.assertWhole(bench.store(), client)).hasSize(1);
  }
}
