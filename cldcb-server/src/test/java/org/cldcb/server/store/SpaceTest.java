package org.cldcb.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cldcb.server.store.Answers.assertRefused;
import static org.cldcb.server.store.Bench.CHUNK;
import static org.cldcb.server.store.Bench.MOMENT;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.cldcb.chain.ChainDigest;
import org.cldcb.chain.Head;
import org.cldcb.chain.Position;
import org.cldcb.codec.Hash;
import org.cldcb.server.store.Space.Level;
import org.cldcb.wire.AppendHow;
import org.cldcb.wire.Appended;
import org.cldcb.wire.RefusalCode;
import org.cldcb.wire.Refused;
import org.cldcb.wire.Stored;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is done when room becomes short. */
@Timeout(120)
class SpaceTest {
  private static final long RESERVE = 1 << 20;
  private static final Hash OTHER = Envelopes.hash("another chunk");

  @TempDir private Path dir;
  private Bench bench;
  private Client client;

  @BeforeEach
  void openStore() {
    bench = new Bench(dir, SqliteFile::open);
    bench.reopenWithReserve(RESERVE);
    client = bench.based();
  }

  @AfterEach
  void closeStore() {
    bench.close();
  }

  /** A generation of some hundred KiB, chunks of its own included, that compaction has ended. */
  private void formerGeneration(Client of) {
    Hash own = Envelopes.hash("own chunk of " + of.head());
    Envelope large = large(own);
    Client.as(Stored.class, Client.join(bench.store().chunk(of.writer(), own, large)));
    of.onHead(of.head(), own);
    of.append(2);
    of.onHead(of.head(), CHUNK);
    bench.clock().advance(MOMENT);
  }

  private Envelope large(Hash id) {
    return large(ChainDigest.ofChunk(id));
  }

  private Envelope large(ChainDigest digest) {
    List<byte[]> segments =
        IntStream.rangeClosed(1, 8).mapToObj(n -> Envelopes.segment(n, 60_000, n == 8)).toList();
    return Envelopes.segmented(digest, new byte[100], segments, dir);
  }

  private long generations(Client of) {
    return bench.store().status(of.backup()).generations();
  }

  @Test
  void levelsFollowTheRoom() {
    assertThat(level(RESERVE * 3 / 2, 0)).isEqualTo(Level.ENOUGH);
    assertThat(level(RESERVE * 3 / 2 - 1, 0)).isEqualTo(Level.SHORT);
    assertThat(level(RESERVE, 0)).isEqualTo(Level.SHORT);
    assertThat(level(RESERVE - 1, 0)).isEqualTo(Level.NO_BASES);
    assertThat(level(RESERVE / 2, 0)).isEqualTo(Level.NO_BASES);
    assertThat(level(RESERVE / 2 - 1, 0)).isEqualTo(Level.FULL);
    assertThat(level(RESERVE / 4, RESERVE * 2)).isEqualTo(Level.ENOUGH);
    assertThat(level(RESERVE / 4 - 1, RESERVE * 2)).isEqualTo(Level.FULL);
    assertThat(new Space(0, 0, 0, Long.MAX_VALUE).level()).isEqualTo(Level.FULL);
    assertThat(new Space(0, 0, 0, 0).level()).isEqualTo(Level.ENOUGH);
  }

  @Test
  void nothingIsDeletedWhereThatWouldNotHelp() {
    assertThat(new Space(0, RESERVE * 2, RESERVE * 100, RESERVE).deletingHelps()).isFalse();
    assertThat(new Space(0, RESERVE, RESERVE * 100, RESERVE).deletingHelps()).isTrue();
  }

  private static Level level(long onDisk, long inFile) {
    return new Space(onDisk, inFile, RESERVE * 100, RESERVE).level();
  }

  @Test
  void nothingGoesBeforeItsTimeWhileThereIsRoom() {
    formerGeneration(client);
    long before = generations(client);
    bench.store().makeRoom();
    assertThat(generations(client)).isEqualTo(before);
  }

  @Test
  void theOldestGenerationsGoFirstAndNoMoreThanAreNeeded() {
    Client other = bench.client(1, "signet", 1).claim().write();
    other.startChain(CHUNK);
    formerGeneration(other);
    formerGeneration(client);
    formerGeneration(client);
    bench.disk().setUsable(RESERVE * 3 / 2 - 100_000 - bench.store().space().inFile());
    bench.store().makeRoom();
    assertThat(bench.store().space().level()).isEqualTo(Level.ENOUGH);
    assertThat(generations(other)).isEqualTo(1);
    assertThat(generations(client)).isEqualTo(5);
    assertThat(WholeChain.assertWhole(bench.store(), client)).isEmpty();
    assertThat(WholeChain.assertWhole(bench.store(), other)).isEmpty();
  }

  @Test
  void appendsGoOnAsLongAsSuchSpaceCanBeFreed() {
    formerGeneration(client);
    formerGeneration(client);
    bench.disk().setUsable(RESERVE / 2 - 1 - bench.store().space().inFile());
    Head head = client.head();
    assertRefused(client.tryAppend(head), RefusalCode.DISK_FULL, client);
    bench.store().makeRoom();
    assertThat(client.tryAppend(head)).isInstanceOf(Appended.class);
    assertThat(generations(client)).isEqualTo(1);
    assertThat(WholeChain.assertWhole(bench.store(), client)).hasSize(1);
  }

  @Test
  void whatAnOverrideOrAGapEndedIsNeverCutShort() {
    client.append(2);
    client.startChain(OTHER);
    client.append();
    client.replace();
    bench.disk().setUsable(0);
    bench.store().makeRoom();
    assertThat(bench.store().status(client.backup()).branches()).isEqualTo(2);
    assertThat(bench.store().chunk(client.backup(), CHUNK)).isPresent();
    WholeChain.assertWhole(bench.store(), client);
  }

  @Test
  void recordsAreTakenLongerThanChunks() {
    bench.disk().setUsable(RESERVE - 1 - bench.store().space().inFile());
    assertThat(client.tryChunk(OTHER, "content")).isInstanceOf(Refused.class);
    client.append();
    client.onHead(client.head(), CHUNK);
  }

  @Test
  void aRecordForWhichThereIsNoRoomIsRefusedBeforeItIsWritten() {
    Head head = client.head();
    Position at = head.next(head.dataVersion() + 1);
    Envelope large = large(ChainDigest.ofRecord(at));
    long free = RESERVE / 2 + 2 * large.size() - bench.store().space().inFile();
    bench.disk().setUsable(free - 1);
    assertRefused(
        Client.join(client.send(AppendHow.APPEND, at, head.digest(), large)),
        RefusalCode.DISK_FULL,
        client);
    bench.disk().setUsable(free);
    Client.as(Appended.class, Client.join(client.send(AppendHow.APPEND, at, head.digest(), large)));
  }

  @Test
  void chunksThatAnotherBaseNeedsStay() {
    client.append();
    client.onHead(client.head(), OTHER);
    client.append();
    client.onHead(client.head(), OTHER, CHUNK);
    bench.disk().setUsable(0);
    bench.store().makeRoom();
    assertThat(generations(client)).isEqualTo(1);
    WholeChain.assertWhole(bench.store(), client);
  }
}
