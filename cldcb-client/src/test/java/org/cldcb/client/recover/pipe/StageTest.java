package org.cldcb.client.recover.pipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class StageTest {
  private static final int LIMIT = 10_000;

  private final Stage stage = new Stage("stage under test", LIMIT);
  private final List<Integer> done = new ArrayList<>();
  private final CountDownLatch started = new CountDownLatch(1);
  private final CountDownLatch goOn = new CountDownLatch(1);

  /** Pieces of work that wait or are worked on. */
  private final AtomicInteger held = new AtomicInteger();

  @AfterEach
  void theThreadEnds() throws InterruptedException {
    goOn.countDown();
    stage.close();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().equals("stage under test")) {
        thread.join(10_000);
        assertThat(thread.isAlive()).isFalse();
      }
    }
    assertThat(held).hasValue(0);
  }

  @Test
  void workIsDoneInItsOrder() throws IOException {
    for (int i = 0; i < 1000; i++) {
      add(i, i * 37 % LIMIT);
    }
    stage.finish(() -> {});

    assertThat(done).isEqualTo(IntStream.range(0, 1000).boxed().toList());
  }

  @Test
  void whatWaitsIsBounded() throws InterruptedException {
    Thread bringing =
        new Thread(
            () -> {
              try {
                addBlocked();
                for (int i = 0; i < 100; i++) {
                  add(i, 1000);
                }
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
    bringing.start();
    started.await();
    awaitWaiting(bringing);

    // One of them is the one that has to wait.
    assertThat(held.get()).isLessThanOrEqualTo(LIMIT / 1000 + 1);
    goOn.countDown();
    bringing.join();
    assertThat(held.get()).isLessThanOrEqualTo(LIMIT / 1000);
  }

  @Test
  void workThatIsLargerThanAllThatMayWaitIsDone() throws IOException {
    add(1, LIMIT * 1000L);
    add(2, LIMIT * 1000L);
    stage.finish(() -> {});

    assertThat(done).containsExactly(1, 2);
  }

  @Test
  void nothingIsDoneAfterAFailure() throws IOException {
    IOException failure = new IOException("the disk is full");
    add(1, 0);
    // Where the work is quick to fail, this very call says so.
    assertThatThrownBy(
            () -> {
              stage.add(0, () -> new Failed(failure).rethrow());
              while (true) {
                add(2, 0);
              }
            })
        .isSameAs(failure);

    assertThatThrownBy(() -> stage.finish(() -> {})).isSameAs(failure);
    assertThat(done).containsExactly(1);
  }

  @Test
  void uncheckedFailuresComeTooAndErrorsAsWell() {
    for (Throwable failure : List.of(new IllegalStateException(), new OutOfMemoryError())) {
      try (Stage failing = new Stage("failing", LIMIT)) {
        assertThatThrownBy(
                () -> {
                  failing.add(0, () -> new Failed(failure).rethrow());
                  failing.finish(() -> {});
                })
            .isSameAs(failure);
      }
    }
  }

  @Test
  void closingDropsWhatWaitsAndMayBeRepeated() throws IOException, InterruptedException {
    addBlocked();
    add(1, 0);
    started.await();
    Thread closing = new Thread(stage::close);
    closing.start();
    awaitWaiting(closing);
    goOn.countDown();
    closing.join();

    assertThat(done).isEmpty();
    assertThat(held).hasValue(0);
  }

  /** Until it waits, or has ended without. */
  private static void awaitWaiting(Thread thread) {
    while (thread.getState() != Thread.State.WAITING
        && thread.getState() != Thread.State.TERMINATED) {
      Thread.onSpinWait();
    }
  }

  private void add(int number, long bytes) throws IOException {
    held.incrementAndGet();
    stage.add(bytes, new Counted(() -> done.add(number)));
  }

  private void addBlocked() throws IOException {
    held.incrementAndGet();
    stage.add(
        0,
        new Counted(
            () -> {
              started.countDown();
              try {
                goOn.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            }));
  }

  private final class Counted implements Stage.Work {
    private final Runnable work;

    Counted(Runnable work) {
      this.work = work;
    }

    @Override
    public void run() {
      work.run();
    }

    @Override
    public void close() {
      held.decrementAndGet();
    }
  }
}
