package org.cldcb.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cldcb.server.store.Bench.CHUNK;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.cldcb.chain.Head;
import org.cldcb.chain.Position;
import org.cldcb.codec.Hash;
import org.cldcb.wire.Appended;
import org.cldcb.wire.BaseHow;
import org.cldcb.wire.Message;
import org.cldcb.wire.Refused;
import org.junit.jupiter.api.Test;

/** Many at once. What was acknowledged is checked against the chain afterwards. */
interface ConcurrencyContract {
  int THREADS = 8;

  Bench bench();

  private static void inParallel(List<Callable<Void>> tasks) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
    try {
      for (Future<Void> result : threads.invokeAll(tasks, 120, TimeUnit.SECONDS)) {
        result.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static void inParallel(Callable<Void> task) throws Exception {
    List<Callable<Void>> tasks = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      tasks.add(task);
    }
    inParallel(tasks);
  }

  @Test
  default void ofRecordsThatRaceForOneHeadExactlyOneWins() throws Exception {
    Client client = bench().based();
    int rounds = 60;
    AtomicInteger won = new AtomicInteger();
    Queue<Integer> winners = new ConcurrentLinkedQueue<>();
    CyclicBarrier read = new CyclicBarrier(THREADS);
    CyclicBarrier done = new CyclicBarrier(THREADS, () -> winners.add(won.getAndSet(0)));
    inParallel(
        () -> {
          for (int round = 0; round < rounds; round++) {
            Head head = client.head();
            read.await();
            Message answer = client.tryAppend(head);
            assertThat(answer).isInstanceOfAny(Appended.class, Refused.class);
            if (answer instanceof Appended) {
              won.incrementAndGet();
            }
            done.await();
          }
          return null;
        });
    assertThat(winners).hasSize(rounds).containsOnly(1);
    assertThat(WholeChain.assertWhole(bench().store(), client)).hasSize(rounds);
  }

  @Test
  default void theChainIsExactlyWhatWasAcknowledged() throws Exception {
    Client client = bench().based();
    Queue<Hash> acknowledged = new ConcurrentLinkedQueue<>();
    inParallel(
        () -> {
          for (int mine = 0; mine < 25; ) {
            if (client.tryAppend(client.head()) instanceof Appended appended) {
              acknowledged.add(appended.digest());
              mine++;
            }
          }
          return null;
        });
    assertThat(WholeChain.assertWhole(bench().store(), client))
        .containsExactlyInAnyOrderElementsOf(acknowledged);
  }

  @Test
  default void basesSweepsAndScrubsDoNotDisturbAppends() throws Exception {
    Client client = bench().based();
    AtomicInteger appended = new AtomicInteger();
    Callable<Void> append =
        () -> {
          for (int i = 0; i < 300; i++) {
            if (client.tryAppend(client.head()) instanceof Appended) {
              appended.incrementAndGet();
            }
          }
          return null;
        };
    Callable<Void> compact =
        () -> {
          for (int i = 0; i < 30; i++) {
            Head at = client.head();
            long pending = client.prepare(CHUNK, Envelopes.hash("chunk " + i));
            client.tryOnHead(pending, at, at.generation() + 1, CHUNK, Envelopes.hash("chunk " + i));
          }
          return null;
        };
    Callable<Void> upkeep =
        () -> {
          for (int i = 0; i < 30; i++) {
            bench().sweepAfter(Duration.ofHours(3));
            bench().store().scrub(10_000);
          }
          return null;
        };
    Callable<Void> read =
        () -> {
          for (int i = 0; i < 300; i++) {
            bench().store().records(client.backup(), i, 1000);
            bench().store().summaries();
          }
          return null;
        };
    inParallel(List.of(append, compact, upkeep, read));
    WholeChain.assertWhole(bench().store(), client);
    assertThat(appended.get()).isEqualTo((int) client.head().seq() - 1);
    assertThat(client.baseUsable()).isTrue();
  }

  @Test
  default void theSettledHeadIsThatAfterAllThatWasAskedBefore() {
    Client client = bench().based();
    long pending = client.prepare(CHUNK);
    Head base = client.head();
    Position at = new Position(2, base.seq(), base.dataVersion(), base.digest());
    Envelope manifest = Envelopes.manifest(at, "content", List.of(CHUNK));
    for (int i = 0; i < 700; i++) {
      bench().store().offer(client.writer(), pending, List.of(CHUNK));
    }
    bench()
        .store()
        .manifest(
            client.writer(), pending, BaseHow.ON_HEAD, at, base.digest(), Hash.ZERO, manifest);
    HeadState settled = Client.join(bench().store().settled(client.backup()));
    assertThat(settled.head().generation()).isEqualTo(2);
    assertThat(settled).isEqualTo(bench().store().head(client.backup()));
  }

  @Test
  default void aBackupThatIsNotThereIsSettledToo() {
    assertThat(Client.join(bench().store().settled(Bench.backup(1, "regtest"))).head())
        .isEqualTo(Head.EMPTY);
  }

  @Test
  default void backupsAreWrittenSideBySide() throws Exception {
    List<Client> clients = new ArrayList<>();
    List<Callable<Void>> tasks = new ArrayList<>();
    for (int node = 1; node <= THREADS; node++) {
      bench().store().allow(Bench.node(node), "");
      Client client = bench().client(node, "regtest", node).claim().write();
      client.startChain(CHUNK);
      clients.add(client);
      tasks.add(
          () -> {
            client.append(40);
            return null;
          });
    }
    inParallel(tasks);
    for (Client client : clients) {
      assertThat(WholeChain.assertWhole(bench().store(), client)).hasSize(40);
    }
  }

  @Test
  default void onlyTheLastOfManyWritersCanWrite() throws Exception {
    Client client = bench().based();
    Queue<Client> writers = new ConcurrentLinkedQueue<>();
    inParallel(
        () -> {
          for (int i = 0; i < 10; i++) {
            Client writer = client.inEpoch(0).write();
            writer.tryAppend(writer.head());
            writers.add(writer);
          }
          return null;
        });
    assertThat(writers).extracting(Client::epoch).doesNotHaveDuplicates();
    long last = writers.stream().mapToLong(Client::epoch).max().orElseThrow();
    Head head = client.head();
    for (Client writer : writers) {
      boolean appended = writer.tryAppend(head) instanceof Appended;
      assertThat(appended).isEqualTo(writer.epoch() == last);
    }
    WholeChain.assertWhole(bench().store(), client);
  }
}
