package org.cldcb.server.store;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What every {@link BackupStore} must do, topic by topic. */
@Timeout(120)
abstract class BackupStoreContract
    implements AllowListContract,
        SessionContract,
        ClaimContract,
        AppendContract,
        ReplaceContract,
        BaseContract,
        CompactionContract,
        DeltaContract,
        RetentionContract,
        ReadingContract,
        DurabilityContract,
        ConcurrencyContract {
  @TempDir Path dir;
  private Bench bench;

  /** Opens a store on what is in the settings' directory, or an empty one if nothing is. */
  abstract BackupStore open(StoreSettings settings);

  @BeforeEach
  void openStore() {
    bench = new Bench(dir, this::open);
  }

  @AfterEach
  void closeStore() {
    bench.close();
  }

  @Override
  public Bench bench() {
    return bench;
  }
}
