package org.cldcb.server.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.cldcb.chain.Network;
import org.cldcb.crypto.PrivateKey;
import org.cldcb.crypto.PublicKey;
import org.cldcb.server.store.BackupId;
import org.cldcb.server.store.BackupStore;
import org.cldcb.server.store.Writer;
import org.junit.jupiter.api.Test;

class BaseInTheMakingTest {
  /** docs/FORMAT.md §7. */
  private static final int LIMIT = 4_194_304;

  private static final int MESSAGE = 1_500;

  private final AtomicLong begun = new AtomicLong();
  private final List<Object> dropped = new ArrayList<>();
  private final PublicKey key = PrivateKey.generate(new SecureRandom()).publicKey();
  private final BaseInTheMaking base =
      new BaseInTheMaking(store(), new Writer(new BackupId(key, new Network("regtest")), key, 1));

  private BackupStore store() {
    return (BackupStore)
        Proxy.newProxyInstance(
            BackupStore.class.getClassLoader(),
            new Class<?>[] {BackupStore.class},
            (proxy, method, arguments) ->
                method.getName().equals("beginBase")
                    ? CompletableFuture.completedFuture(begun.incrementAndGet())
                    : CompletableFuture.completedFuture(dropped.add(arguments[0])));
  }

  private void offer(int chunks) throws OverLimitException {
    for (int left = chunks; left > 0; left -= MESSAGE) {
      base.offered(Math.min(left, MESSAGE));
    }
  }

  @Test
  void aBaseHasOnlySoManyChunks() throws Exception {
    base.begin(Runnable::run);
    offer(LIMIT);
    assertThatThrownBy(() -> base.offered(1))
        .isInstanceOf(OverLimitException.class)
        .hasMessageContaining("at most " + LIMIT + " chunks");
  }

  @Test
  void theNextBaseBeginsAtNone() throws Exception {
    base.begin(Runnable::run);
    offer(LIMIT);
    base.begin(Runnable::run);
    offer(LIMIT);
    assertThat(dropped).containsExactly(1L);
    assertThat(base.number()).isEqualTo(2);
  }

  /** Chunks ahead of a base are limited by the quota alone. */
  @Test
  void whatIsOfferedForNoBaseIsNotCounted() throws Exception {
    offer(LIMIT + 1);
    base.begin(Runnable::run);
    offer(LIMIT);
  }
}
