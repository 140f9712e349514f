package org.cldcb.e2e.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.cldcb.e2e.rig.Fault;
import org.cldcb.e2e.rig.Fault.Action;
import org.cldcb.e2e.rig.Waiting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A network that says nothing: the plugin gives the connection up and resumes on another, and does
 * next to nothing while it waits. The tests wait at the same time, since that is most of what they
 * do.
 */
@Execution(ExecutionMode.CONCURRENT)
class SilentNetworkTest extends BadNetworkTest {
  /** What the plugin may take to notice. */
  private static final Duration NOTICED = Duration.ofSeconds(30);

  private static final int APPEND_TURN = 4;

  /** More than fits into the buffers of the sockets in between. */
  private static final int LONG_MEBIBYTES = 6;

  /** Of one CPU; it takes about a hundredth, a busy loop all. */
  private static final double LAZY = 0.2;

  @Test
  void aDeadPeerIsFoundWhileNoWriteWaits() {
    proxy.stallAll();
    site.node()
        .log()
        .await(line -> line.message().contains("connection to the server lost"), NOTICED);
  }

  @Test
  void anAnswerThatDoesNotCome() {
    stallAt(APPEND_TURN + 1);
    assertLazyWhile(() -> site.node().writes(1));
    assertThat(site.node().log().has("the server doesn't answer")).isTrue();
  }

  @Test
  void aLongWriteThatNobodyTakes() {
    stallAt(APPEND_TURN);
    CompletableFuture<Void> write =
        CompletableFuture.runAsync(() -> site.node().incompressibleWrite(LONG_MEBIBYTES));
    site.node().log().await(line -> line.message().contains("the server doesn't answer"), NOTICED);
    write.join();
  }

  @Test
  void aServerThatIsGone() {
    site.server().kill9();
    assertLazyWhile(
        () -> {
          CompletableFuture<Void> write = CompletableFuture.runAsync(() -> site.node().writes(1));
          int before = proxy.accepted();
          assertThat(Waiting.within(write::isDone, Duration.ofSeconds(5))).isFalse();
          assertThat(proxy.accepted() - before).as("tries in 5 s").isBetween(2, 12);
          site.serverComesBack();
          write.join();
        });
  }

  private void stallAt(int turn) {
    proxy.resetAll();
    proxy.next(Fault.at(turn, Action.STALL));
  }

  private void assertLazyWhile(Runnable waits) {
    ProcessHandle plugin = site.node().plugins().get(0);
    long start = System.nanoTime();
    Duration before = cpu(plugin);
    waits.run();
    double used = cpu(plugin).minus(before).toNanos() / (double) (System.nanoTime() - start);
    assertThat(used).as("CPUs while it waited").isLessThan(LAZY);
  }

  private static Duration cpu(ProcessHandle process) {
    return process.info().totalCpuDuration().orElseThrow();
  }
}
