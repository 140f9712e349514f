package org.cldcb.e2e.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.cldcb.e2e.rig.Fault;
import org.cldcb.e2e.rig.Fault.Action;
import org.cldcb.e2e.rig.NodeDied;
import org.cldcb.e2e.rig.Waiting;
import org.junit.jupiter.api.Test;

/**
 * Whatever the network does, each write becomes one record, and a recovery gives the node's
 * database. What waits for a time-out is in {@link SilentNetworkTest}.
 */
class NetworkFaultsTest extends BadNetworkTest {

  /** Act one, two, three with the hello, welcome, append, appended. */
  private static final int TURNS = 6;

  private static final int HELLO_TURN = 2;
  private static final int APPEND_TURN = 4;

  /** After the welcome: begin and offer, offered, chunks, stored, manifest, based. */
  private static final int BASED_TURN = 9;

  private static final int[] EDGES = {1, 17, 18, 19, 40};

  @Test
  void aConnectionThatEndsAfterAnyMessage() {
    for (Action action : List.of(Action.RESET, Action.CLOSE)) {
      for (int turn = 0; turn < TURNS; turn++) {
        Fault fault = meet(Fault.at(turn, action));
        assertThat(fault.isHit()).as("%s", fault).isTrue();
      }
      assertThat(meet(Fault.at(TURNS, action)).isHit()).isFalse();
    }
  }

  @Test
  void aConnectionThatEndsWithinAnyMessage() {
    for (int turn = 0; turn < TURNS; turn++) {
      for (int bytes : EDGES) {
        Fault fault = meet(Fault.within(turn, bytes, Action.RESET));
        assertThat(fault.isHit()).as("%s", fault).isTrue();
      }
    }
    // After act three, and at the edges of the hello that follows it in the same turn.
    for (int bytes : new int[] {66, 67, 66 + 17, 66 + 18, 66 + 19}) {
      assertThat(meet(Fault.within(HELLO_TURN, bytes, Action.RESET)).isHit()).isTrue();
    }
  }

  @Test
  void aFullBackupThatEndsAfterAnyMessage() {
    Fault fault;
    int turn = 0;
    do {
      site.node().writeWithoutPlugin(1);
      fault = Fault.at(turn++, Action.RESET);
      proxy.resetAll();
      proxy.next(fault);
      site.node().writes(1);
      // A base takes the place of the record that is missing.
    } while (fault.isHit());
    assertThat(turn).isGreaterThan(BASED_TURN + 2);
  }

  @Test
  void aBackgroundBaseWhoseAnswerIsLost() {
    int generation = generation();
    site.node().shutdown();
    Fault fault = Fault.at(BASED_TURN, Action.RESET);
    proxy.next(Fault.none(), fault);
    site.node().boot();
    fault.awaitHit(SOON);
    Waiting.until(() -> generation() > generation, SOON, () -> "the base at the start");
    // So much that the server wants another base, on top of the one that it has.
    site.node().incompressibleWrite(1);
    Waiting.until(
        () -> generation() > generation + 1,
        SOON,
        () -> "another base; " + site.node().log().lines());
    assertThat(site.node().log().has("no new base")).isFalse();
  }

  @Test
  void slowSplitAndDoubleDelivery() {
    for (Action action : List.of(Action.DRIP, Action.SPLIT, Action.TWICE)) {
      meet(Fault.at(0, action));
      site.node().writes(2);
    }
  }

  @Test
  void anAppendThatArrivesAfterTheNextConnectionBegan() {
    for (int turn = 0; turn < TURNS; turn++) {
      Fault held = Fault.at(APPEND_TURN, Action.HANG_UP);
      Fault next = Fault.at(turn, Action.NONE);
      proxy.resetAll();
      proxy.next(held, next);
      CompletableFuture<Void> write = CompletableFuture.runAsync(() -> site.node().writes(1));
      next.awaitHit(SOON);
      held.letGo();
      held.awaitOver(SOON);
      write.join();
    }
  }

  @Test
  void anAppendOfADeadPredecessor() {
    aDeadPredecessorsBytesArriveLate(APPEND_TURN);
  }

  @Test
  void aHelloOfADeadPredecessor() {
    aDeadPredecessorsBytesArriveLate(HELLO_TURN);
  }

  private void aDeadPredecessorsBytesArriveLate(int turn) {
    Fault held = Fault.at(turn, Action.HOLD);
    proxy.resetAll();
    proxy.next(held);
    CompletableFuture<Void> write = CompletableFuture.runAsync(() -> site.node().writes(1));
    held.awaitHit(SOON);
    site.node().kill9Plugin();
    assertThatThrownBy(write::join).hasCauseInstanceOf(NodeDied.class);
    site.node().boot();
    site.node().writes(2);
    held.letGo();
    held.awaitOver(SOON);
    site.node().writes(2);
  }

  /** A write over a new connection that meets this fault. */
  private Fault meet(Fault fault) {
    proxy.resetAll();
    proxy.next(fault);
    site.node().writes(1);
    return fault;
  }

  private int generation() {
    return site.status().get("generation").asInt();
  }
}
