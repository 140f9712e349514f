package org.cldcb.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cldcb.chain.ChainDigest;
import org.cldcb.chain.Claim;
import org.cldcb.chain.StoredClaim;
import org.cldcb.codec.Hash;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A bit of a store flips, in any of its tables and indices: the check finds it, or what a recovery
 * reads is as it was, or nothing is given out.
 */
@Timeout(120)
class FlippedBytesTest {
  private static final long SEED = 20_261_124;
  private static final int PAGE = 4096;
  private static final int FLIPS_IN_A_PAGE = 20;

  @TempDir private Path dir;
  private Bench bench;
  private Client client;
  private final Random random = new Random(SEED);

  private enum Outcome {
    FOUND,
    HARMLESS,
    REFUSED,
    MISSED
  }

  @BeforeEach
  void aStoreWithAHistory() {
    bench = new Bench(dir, SqliteFile::open);
    client = bench.based();
    client.append(5);
    client.replace();
    Hash large = Envelopes.hash("a large chunk");
    Client.join(bench.store().chunk(client.writer(), large, segmented(large)));
    client.onHead(client.head(), Bench.CHUNK, large);
    client.append(40);
    client.claim();
    client.write();
    client.append(3);
    bench.store().close();
  }

  private Envelope segmented(Hash id) {
    List<byte[]> segments =
        List.of(Envelopes.segment(1, 9000, false), Envelopes.segment(2, 3000, true));
    return Envelopes.segmented(ChainDigest.ofChunk(id), new byte[100], segments, dir);
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void areFoundOrHarmless() throws IOException {
    String sound = asRecovered();
    List<String> missed = new ArrayList<>();
    Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
    for (Map.Entry<Long, String> page : pages().entrySet()) {
      for (int n = 0; n < FLIPS_IN_A_PAGE; n++) {
        long at = somethingIn(page.getKey());
        int bit = 1 << random.nextInt(Byte.SIZE);
        flip(at, bit);
        Outcome outcome = outcome(sound);
        flip(at, bit);
        outcomes.merge(outcome, 1, Integer::sum);
        if (outcome == Outcome.MISSED) {
          missed.add("bit " + bit + " of byte " + at + ", in " + page.getValue());
        }
      }
    }
    assertThat(missed).isEmpty();
    assertThat(outcomes.get(Outcome.FOUND)).isGreaterThan(outcomes.get(Outcome.HARMLESS));
    assertThat(asRecovered()).isEqualTo(sound);
  }

  private Outcome outcome(String sound) {
    try (StoreCheck check = StoreCheck.open(dir, Optional.of(Client.SERVER))) {
      if (!check.run().isSound()) {
        return Outcome.FOUND;
      }
    } catch (StoreException e) {
      return Outcome.FOUND;
    }
    try {
      return asRecovered().equals(sound) ? Outcome.HARMLESS : Outcome.MISSED;
    } catch (StoreException e) {
      return Outcome.REFUSED;
    }
  }

  /** The pages of tables and indices. */
  private Map<Long, String> pages() {
    Map<Long, String> pages = new TreeMap<>();
    try (Sql sql = StoreFile.connect(SqliteFile.in(dir))) {
      sql.list(
          "SELECT pageno, name FROM dbstat", row -> pages.put(row.getLong(1), row.getString(2)));
    }
    return pages;
  }

  /** Where a byte isn't 0, as most are where nothing lies, if that is soon found. */
  private long somethingIn(long page) throws IOException {
    long at = 0;
    for (int tries = 0; tries < 100; tries++) {
      at = (page - 1) * PAGE + random.nextInt(PAGE);
      if (read(at) != 0) {
        return at;
      }
    }
    return at;
  }

  private byte read(long at) throws IOException {
    try (FileChannel file = FileChannel.open(SqliteFile.in(dir))) {
      ByteBuffer one = ByteBuffer.allocate(1);
      file.read(one, at);
      return one.get(0);
    }
  }

  private void flip(long at, int bit) throws IOException {
    byte flipped = (byte) (read(at) ^ bit);
    try (FileChannel file = FileChannel.open(SqliteFile.in(dir), StandardOpenOption.WRITE)) {
      file.write(ByteBuffer.wrap(new byte[] {flipped}), at);
    }
  }

  /**
   * What a recovery goes by. Of where a claim was taken that is the seq, and what isn't sealed
   * within its stretch is refused ({@code HostileClaimsTest}).
   */
  private String asRecovered() {
    try (Sql sql = StoreFile.connect(SqliteFile.in(dir))) {
      if (!Nodes.isAllowed(sql, client.backup().nodeId())) {
        throw new StoreException("not allowed");
      }
      BackupRow row = BackupRow.find(sql, client.backup()).orElseThrow(this::nothing);
      StoredEnvelope base = Manifests.find(sql, row, Hash.ZERO).orElseThrow(this::nothing);
      Stream<String> chunks =
          Envelopes.chunksOf(base.first()).stream()
              .map(id -> Chunks.find(sql, client.backup(), id).orElseThrow(this::nothing))
              .map(chunk -> content(sql, chunk));
      Stream<String> records =
          Records.after(sql, row.chain(), base.position().seq(), Integer.MAX_VALUE).stream()
              .map(record -> record.position() + content(sql, record));
      Stream<String> claims =
          ClaimTable.from(sql, client.backup(), 1).stream()
              .map(StoredClaim::claim)
              .map(FlippedBytesTest::text);
      return row.head()
          + row.head().digest().hex()
          + base.position()
          + content(sql, base)
          + Stream.of(chunks, records, claims)
              .flatMap(lines -> lines)
              .collect(Collectors.joining("\n"));
    }
  }

  private StoreException nothing() {
    return new StoreException("nothing to recover");
  }

  private static String content(Sql sql, StoredEnvelope envelope) {
    StringBuilder content = new StringBuilder(hex(envelope.first()));
    for (int n = 0; n < envelope.segments(); n++) {
      content.append(hex(Parts.read(sql, envelope.key(), n)));
    }
    return content.toString();
  }

  private static String text(Claim claim) {
    return claim.number()
        + claim.delegate().hex()
        + hex(claim.delegation().bytes())
        + hex(claim.signature().bytes());
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
