package org.cldcb.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ReadingTurnTest {
  private final ReadingTurn turn = new ReadingTurn();
  private final AtomicBoolean passed = new AtomicBoolean();

  @Test
  void theOtherThreadReadsOnlyAfterThisOneHasPassed() throws Exception {
    turn.take();
    CompletableFuture<Boolean> other = inOtherThread(() -> passed.get());
    assertThat(other).isNotDone();
    passed.set(true);
    turn.pass();
    assertThat(other.get(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void whoHasPassedCannotPassAgainWhatIsTheOthers() throws Exception {
    turn.take();
    turn.pass();
    CompletableFuture<Boolean> keeps = inOtherThread(() -> true);
    keeps.get(10, TimeUnit.SECONDS);
    turn.pass();
    CompletableFuture<Boolean> third = inOtherThread(() -> true);
    TimeUnit.MILLISECONDS.sleep(50);
    assertThat(third).isNotDone();
  }

  /** Takes the turn and keeps it. */
  private CompletableFuture<Boolean> inOtherThread(Supplier<Boolean> then) {
    CompletableFuture<Boolean> result = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                turn.take();
                result.complete(then.get());
              } catch (InterruptedException e) {
                result.completeExceptionally(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    return result;
  }
}
