package org.cldcb.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cldcb.server.store.Answers.assertError;
import static org.cldcb.server.store.Answers.assertRefused;
import static org.cldcb.server.store.Bench.CHUNK;
import static org.cldcb.server.store.Bench.MOMENT;
import static org.cldcb.server.store.Bench.UNREFERENCED_KEPT;

import java.nio.file.Path;
import java.util.Arrays;
import org.cldcb.codec.Hash;
import org.cldcb.server.store.Quota.Level;
import org.cldcb.wire.Appended;
import org.cldcb.wire.Based;
import org.cldcb.wire.ErrorCode;
import org.cldcb.wire.Message;
import org.cldcb.wire.Mode;
import org.cldcb.wire.Offered;
import org.cldcb.wire.RefusalCode;
import org.cldcb.wire.Refused;
import org.cldcb.wire.Stored;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a node may keep: never a reason to refuse a record, and never one to be stuck. */
@Timeout(120)
class QuotaTest {
  private static final long QUOTA = 20_000;
  private static final String KILOBYTE = "x".repeat(1_000);

  @TempDir private Path dir;
  private Bench bench;
  private Client client;

  @BeforeEach
  void openStore() {
    bench = new Bench(dir, SqliteFile::open);
    client = bench.based();
    limit(QUOTA);
  }

  @AfterEach
  void closeStore() {
    bench.close();
  }

  private void limit(long bytes) {
    bench.store().allow(client.backup().nodeId(), "", bytes);
  }

  private static Hash id(int number) {
    return Envelopes.hash("chunk " + number);
  }

  /** Sends chunks of 1,000 bytes until one is refused; gives how many were taken. */
  private static int flood(Client of, int first) {
    int sent = first;
    Message answer = of.tryChunk(id(sent), KILOBYTE);
    while (answer instanceof Stored && sent < first + 100) {
      sent++;
      answer = of.tryChunk(id(sent), KILOBYTE);
    }
    assertRefused(answer, RefusalCode.OVER_QUOTA, of);
    return sent - first;
  }

  private long used() {
    return bench.store().status(client.backup()).usedBytes();
  }

  private long generations(Client of) {
    return bench.store().status(of.backup()).generations();
  }

  /** Records of over so many bytes. */
  private void records(long bytes) {
    for (long before = used(); used() < before + bytes; ) {
      client.append(100);
    }
  }

  /** Bases of one node that each have a chunk of their own, and a record on each. */
  private void generationsOf(Client of, int count) {
    for (int i = 0; i < count; i++) {
      Hash own = Envelopes.hash("own of " + of.head());
      of.onHead(of.head(), own);
      of.append();
      bench.clock().advance(MOMENT);
    }
  }

  @Test
  void recordsAreTakenWhateverTheQuota() {
    limit(1);
    client.append(50);
    client.replace();
    assertThat(WholeChain.assertWhole(bench.store(), client)).hasSize(50);
  }

  @Test
  void chunksWithoutAManifestCountAndAreRefusedBeyondTheQuota() {
    int taken = flood(client, 0);
    assertThat(taken).isBetween(19, 20);
    assertThat(used()).isLessThanOrEqualTo(QUOTA + 200);
    client.append();
  }

  @Test
  void otherNodesDoNotFeelAFlood() {
    bench.store().allow(Bench.node(2), "", QUOTA);
    Client other = bench.client(2, "regtest", 1).claim().write();
    flood(client, 0);
    other.startChain(CHUNK);
    generationsOf(other, 3);
    bench.store().makeRoom();
    assertThat(generations(other)).isEqualTo(4);
    WholeChain.assertWhole(bench.store(), other);
  }

  @Test
  void chunksThatWereRefusedFindRoomWhenTheOthersHaveExpired() {
    flood(client, 0);
    bench.sweepAfter(UNREFERENCED_KEPT.plus(MOMENT));
    assertThat(flood(client, 100)).isBetween(19, 20);
    WholeChain.assertWhole(bench.store(), client);
  }

  @Test
  void aHigherQuotaCountsAtOnce() {
    flood(client, 0);
    limit(2 * QUOTA);
    assertThat(flood(client, 100)).isEqualTo(20);
    limit(0);
    for (int i = 200; i < 300; i++) {
      assertThat(client.tryChunk(id(i), KILOBYTE)).isInstanceOf(Stored.class);
    }
  }

  @Test
  void allNetworksOfANodeHaveOneQuota() {
    Client signet = bench.client(1, "signet", 1).claim().write();
    flood(signet, 0);
    assertRefused(client.tryChunk(id(0), KILOBYTE), RefusalCode.OVER_QUOTA, client);
    assertThat(bench.store().status(signet.backup()).usedBytes()).isEqualTo(used());
  }

  @Test
  void offersAndManifestsAreRefusedToo() {
    long pending = client.begin();
    int offers = 0;
    Message answer = client.tryOffer(pending, id(0));
    while (answer instanceof Offered && offers < 1000) {
      offers++;
      answer = client.tryOffer(pending, id(offers));
    }
    assertRefused(answer, RefusalCode.OVER_QUOTA, client);
    assertThat(offers).isBetween(190, 201);
    Client.join(bench.store().dropBase(pending));
    bench.store().sweep();

    limit(100);
    long empty = client.begin();
    Hash[] many = new Hash[] {CHUNK, CHUNK, CHUNK, CHUNK, CHUNK, CHUNK, CHUNK, CHUNK};
    assertRefused(client.tryOnHead(empty, client.head(), 2, many), RefusalCode.OVER_QUOTA, client);
    limit(QUOTA);
    assertThat(client.tryOnHead(empty, client.head(), 2, many)).isInstanceOf(Based.class);
  }

  /** Or else, once records are over the quota, nothing could make them fewer. */
  @Test
  void recordsNeverStandInTheWayOfTheBaseThatMakesThemSuperfluous() {
    limit(1000);
    records(5000);
    generationsOf(client, 1);
    bench.store().makeRoom();
    assertThat(used()).isLessThan(1000);
    assertThat(generations(client)).isEqualTo(1);
    WholeChain.assertWhole(bench.store(), client);
  }

  @Test
  void aBaseAsLargeAsTheQuotaCanBeReplacedByOneThatSharesNothing() {
    int first = baseThatFillsTheQuota(0);
    for (int round = 1; round < 4; round++) {
      client.append(10);
      assertThat(baseThatFillsTheQuota(1000 * round)).isEqualTo(first);
      bench.store().makeRoom();
      assertThat(generations(client)).isEqualTo(1);
    }
    client.append();
  }

  private int baseThatFillsTheQuota(int first) {
    int chunks = 17;
    long pending = client.begin();
    Hash[] ids = new Hash[chunks];
    for (int i = 0; i < chunks; i++) {
      ids[i] = id(first + i);
      client.offer(pending, ids[i]);
      assertThat(client.tryChunk(ids[i], KILOBYTE)).isInstanceOf(Stored.class);
    }
    assertThat(client.tryOnHead(pending, client.head(), client.head().generation() + 1, ids))
        .isInstanceOf(Based.class);
    return chunks;
  }

  @Test
  void whateverItCommitsANodeKeepsNoMoreOfBasesThanTwiceItsQuota() {
    Hash[] ids = new Hash[0];
    for (int round = 0; round < 12; round++) {
      int first = ids.length;
      for (int i = first;
          i < first + 8 && client.tryChunk(id(i), KILOBYTE) instanceof Stored;
          i++) {
        ids = Arrays.copyOf(ids, i + 1);
        ids[i] = id(i);
      }
      long pending = client.begin();
      if (ids.length > first && client.tryOffer(pending, ids) instanceof Offered) {
        client.tryOnHead(pending, client.head(), client.head().generation() + 1, ids);
      }
      bench.store().makeRoom();
      assertThat(used()).isLessThan(2 * QUOTA + 1000);
    }
    assertThat(ids.length).isBetween(20, 40);
    client.append();
  }

  @Test
  void overTheQuotaTheOldestGenerationsOfThatNodeGoAndNoMoreThanAreNeeded() {
    Client other = bench.client(2, "regtest", 1);
    bench.store().allow(Bench.node(2), "");
    other.claim().write().startChain(CHUNK);
    generationsOf(other, 4);
    generationsOf(client, 6);
    limit(used() - 1);
    bench.store().makeRoom();
    assertThat(generations(client)).isEqualTo(6);
    assertThat(generations(other)).isEqualTo(5);
    assertThat(WholeChain.assertWhole(bench.store(), client)).hasSize(1);
  }

  @Test
  void whatAnOverrideOrAGapEndedIsNeverCutShort() {
    client.append(2);
    client.startChain(id(1));
    client.append();
    client.replace();
    limit(1);
    bench.store().makeRoom();
    assertThat(bench.store().status(client.backup()).branches()).isEqualTo(2);
    assertThat(bench.store().chunk(client.backup(), CHUNK)).isPresent();
    client.append();
  }

  @Test
  void theLastOfTheRoomIsForNodesWithinTheirQuota() {
    long reserve = 1 << 20;
    bench.reopenWithReserve(reserve);
    bench.store().allow(Bench.node(2), "", 1L);
    Client over = bench.client(2, "regtest", 1).claim().write();
    bench.store().allow(Bench.node(2), "", QUOTA);
    over.startChain(CHUNK);
    bench.store().allow(Bench.node(2), "", 1L);
    over.append();
    bench.disk().setUsable(reserve * 5 / 4 - 1 - bench.store().space().inFile());
    assertRefused(over.tryAppend(over.head()), RefusalCode.DISK_FULL, over);
    client.append();
    generationsOf(client, 1);
    bench.disk().setUsable(reserve * 5 / 4 + 20_000);
    assertThat(over.tryAppend(over.head())).isInstanceOf(Appended.class);
  }

  @Test
  void over80PercentIsSaid() {
    assertThat(client.append().flags().nearlyFull()).isFalse();
    assertThat(bench.store().quotas().get(0).quota().level()).isEqualTo(Level.ENOUGH);
    limit(used() * 5 / 4 - 10);
    assertThat(client.append().flags().nearlyFull()).isTrue();
    assertThat(client.welcome(Mode.READ, 0).flags().nearlyFull()).isTrue();
    assertThat(bench.store().quotas().get(0).quota().level()).isEqualTo(Level.NEARLY_USED);
    limit(used() - 1);
    Quota.OfNode over = bench.store().quotas().get(0);
    assertThat(over.quota().level()).isEqualTo(Level.OVER);
    assertThat(over.quota().sentence(over.nodeId()))
        .contains(used() + " of its quota of " + (used() - 1) + " bytes", "--quota SIZE");
    limit(0);
    assertThat(client.append().flags().nearlyFull()).isFalse();
    assertThat(bench.store().quotas()).isEmpty();
  }

  @Test
  void aNodeHasOnlySoManyNetworks() {
    for (int i = 1; i < 16; i++) {
      bench.client(1, "network-" + i, 1).welcome(Mode.READ, 0);
    }
    assertError(bench.client(1, "one-too-many", 1).hello(Mode.READ, 0), ErrorCode.OVER_LIMIT);
    client.welcome(Mode.WRITE, 0);
    assertThat(bench.store().summaries()).hasSize(16);
  }

  @Test
  void theSumsStayTrueThroughALongLife() {
    try (SqliteFile file = new SqliteFile(dir)) {
      for (int day = 0; day < 25; day++) {
        liveADay(day);
        assertSumsAreTrue(file);
      }
      bench.store().forget(client.backup().nodeId());
      assertThat(file.number("SELECT count(*) FROM backup")).isZero();
    }
  }

  @Test
  void aStoreOfVersion1IsUpgraded() {
    for (int day = 0; day < 10; day++) {
      liveADay(day);
    }
    long pending = client.prepare(id(1), id(2));
    long used = used();
    long baseBytes = bench.store().status(client.backup()).baseBytes();
    bench.store().close();
    try (SqliteFile file = new SqliteFile(dir)) {
      makeVersion1(file);
      bench.reopen();
      assertThat(file.number("PRAGMA user_version")).isEqualTo(2);
      assertSumsAreTrue(file);
      assertThat(used()).isEqualTo(used);
      assertThat(bench.store().status(client.backup()).baseBytes()).isEqualTo(baseBytes);
      assertThat(bench.store().nodes().get(0).quota()).isZero();
      bench.store().allow(Bench.node(2), "");
      assertThat(bench.store().nodes()).anyMatch(node -> node.quota() == 10L << 30);
      Client.join(bench.store().dropBase(pending));
      liveADay(11);
      assertSumsAreTrue(file);
    }
    WholeChain.assertWhole(bench.store(), client);
  }

  private static void makeVersion1(SqliteFile file) {
    for (String trigger :
        new String[] {
          "record_kept",
          "record_gone",
          "chunk_kept",
          "chunk_gone",
          "base_kept",
          "base_made",
          "base_gone",
          "base_chunk_kept",
          "base_chunk_gone"
        }) {
      file.execute("DROP TRIGGER " + trigger);
    }
    file.execute(
        "UPDATE backup SET base_bytes = base_bytes"
            + " - 100 * (SELECT count(*) FROM base_chunk WHERE base = backup.base)");
    file.execute("DROP INDEX base_parent");
    for (String column : new String[] {"parent", "depth", "spent"}) {
      file.execute("ALTER TABLE base DROP COLUMN " + column);
    }
    file.execute("ALTER TABLE backup DROP COLUMN kept");
    file.execute("ALTER TABLE backup DROP COLUMN kept_bases");
    file.execute("ALTER TABLE node DROP COLUMN quota");
    file.execute("PRAGMA user_version = 1");
  }

  private static void assertSumsAreTrue(SqliteFile file) {
    long records = file.number("SELECT coalesce(sum(size), 0) FROM record");
    long bases =
        file.number(
            "SELECT (SELECT sum(size) FROM chunk) + (SELECT coalesce(sum(size), 0) FROM base)"
                + " + 100 * (SELECT count(*) FROM base_chunk)");
    assertThat(file.number("SELECT kept_bases FROM backup")).isEqualTo(bases);
    assertThat(file.number("SELECT kept FROM backup")).isEqualTo(bases + records);
  }

  private void liveADay(int day) {
    client.append(3);
    client.replace();
    client.onHead(client.head(), CHUNK, id(day % 4));
    client.chunk(Envelopes.hash("ahead " + day));
    long pending = client.prepare(id(day + 7), CHUNK);
    if (day % 3 > 0) {
      Client.join(bench.store().dropBase(pending));
    }
    if (day % 5 == 4) {
      client.startChain(id(day));
      limit(used() - 100);
    }
    bench.store().makeRoom();
    limit(QUOTA * 100);
    bench.sweepAfter(UNREFERENCED_KEPT.dividedBy(2));
    assertThat(client.tryAppend(client.head())).isNotInstanceOf(Refused.class);
  }
}
