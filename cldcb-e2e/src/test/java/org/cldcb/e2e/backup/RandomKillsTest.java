package org.cldcb.e2e.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.cldcb.e2e.rig.Dump;
import org.cldcb.e2e.rig.NodeDied;
import org.cldcb.e2e.rig.Trace;
import org.cldcb.e2e.rig.Write;
import org.junit.jupiter.api.Test;

/**
 * The whole trace while plugin, server and node are killed at random moments: whatever was answered
 * {@code continue} and committed is in the recovered database, and nothing else.
 */
class RandomKillsTest extends SiteTest {
  private static final long SEED = 20_261_123;
  private static final int STEP = 450;

  private final Random random = new Random(SEED);

  @Test
  void everythingSurvives() throws Exception {
    List<Write> writes = Trace.load(Trace.NODE_A).writes();
    site.installed();
    site.node().start();
    int at = 0;
    while (at < writes.size()) {
      int end = Math.min(writes.size(), at + 1 + random.nextInt(STEP));
      at = play(writes, at, end);
    }
    site.node().crash();
    Site.assertSame(
        site.recovered(),
        Dump.of(Trace.load(Trace.NODE_A).unpack("final", temp.resolve("final.sqlite3"))));
    assertThat(site.status().get("generation").asInt()).isGreaterThan(5);
  }

  /** Plays on to {@code end} while something is killed; gives how far the node committed. */
  private int play(List<Write> writes, int from, int end) throws InterruptedException {
    Thread killer = killer();
    int at = from;
    try {
      for (; at < end; at++) {
        site.node().replay(writes.get(at));
      }
    } catch (NodeDied e) {
      site.node().start();
    }
    killer.join();
    if (!site.node().isUp()) {
      site.node().start();
    }
    return at;
  }

  private Thread killer() {
    int what = random.nextInt(4);
    int delay = random.nextInt(400);
    Thread thread =
        new Thread(
            () -> {
              sleep(delay);
              switch (what) {
                case 0 -> site.killServer();
                case 1 -> site.restartServer();
                case 2 -> killPlugin();
                default -> {}
              }
            });
    thread.start();
    return thread;
  }

  private void killPlugin() {
    if (site.node().isUp()) {
      site.node().kill9Plugin();
    }
  }

  private static void sleep(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
