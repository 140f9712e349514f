package org.cldcb.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.cldcb.chain.Head;
import org.cldcb.codec.Hash;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The write-ahead log is cut or garbled while no server runs. SQLite takes it up to the damage, so
 * the store is as it was after some commit: a lost tail, which the check can't see, nor any client
 * but the one that wrote it.
 */
@Timeout(120)
class DamagedLogTest {
  private static final long SEED = 20_261_124;
  private static final int TRIES = 30;

  @TempDir private Path dir;
  private Bench bench;
  private Client client;
  private Head last;
  private final Random random = new Random(SEED);

  @BeforeEach
  void aStoreWithALog() {
    bench = new Bench(dir, SqliteFile::open);
    client = bench.based();
    client.append(20);
    client.onHead(client.head(), Bench.CHUNK);
    client.append(20);
    last = client.head();
  }

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void whatIsLeftIsAnEarlierState() throws IOException {
    byte[] log = Files.readAllBytes(Path.of(SqliteFile.in(dir) + "-wal"));
    int earlier = 0;
    for (int n = 0; n < TRIES; n++) {
      Path copy = Files.createDirectory(dir.resolve("copy " + n));
      Files.copy(SqliteFile.in(dir), SqliteFile.in(copy));
      Files.write(Path.of(SqliteFile.in(copy) + "-wal"), damaged(log));
      try (StoreCheck check = StoreCheck.open(copy, Optional.of(Client.SERVER))) {
        assertThat(check.run().findings()).isEmpty();
      }
      earlier += isWholeAndEarlier(copy) ? 1 : 0;
    }
    assertThat(earlier).isPositive();
  }

  private byte[] damaged(byte[] log) {
    int at = random.nextInt(log.length);
    if (random.nextBoolean()) {
      return Arrays.copyOf(log, at);
    }
    byte[] garbled = log.clone();
    garbled[at] ^= (byte) (1 << random.nextInt(Byte.SIZE));
    return garbled;
  }

  private boolean isWholeAndEarlier(Path copy) {
    try (SqliteStore store = SqliteStore.open(copy)) {
      Head head = store.head(client.backup()).head();
      assertThat(head.seq()).isLessThanOrEqualTo(last.seq());
      if (store.base(client.backup(), Hash.ZERO).isPresent()) {
        WholeChain.assertWhole(store, client);
      }
      return head.seq() < last.seq();
    }
  }
}
