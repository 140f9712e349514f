package org.cldcb.e2e.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.cldcb.e2e.rig.ServerProcess;
import org.jspecify.annotations.Nullable;

/** Nodes that stay connected and write now and then: each of them once in ten seconds. */
final class QuietNodes implements AutoCloseable {
  private static final int PERIOD_MILLIS = 10_000;
  private static final int TICK_MILLIS = 10;

  private final ServerProcess server;
  private final List<SealedNode> nodes = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
  private final Selector selector = Selector.open();
  private volatile @Nullable Exception failure;
  private double due;
  private int next;

  /** None yet. */
  QuietNodes(ServerProcess server) throws IOException {
    this.server = server;
    thread.scheduleAtFixedRate(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Connects more, until there are so many. */
  void growTo(int count) throws IOException {
    while (nodes.size() < count) {
      nodes.add(new SealedNode(server, selector));
      Exception failed = failure;
      if (failed != null) {
        throw new IOException("a node that stays connected failed", failed);
      }
    }
  }

  /** Takes what was acknowledged, and has those write whose turn it is. */
  private void tick() {
    try {
      selector.selectNow(QuietNodes::take);
      due += (double) nodes.size() * TICK_MILLIS / PERIOD_MILLIS;
      for (; due >= 1; due--) {
        SealedNode node = nodes.get(next++ % nodes.size());
        node.seal(1);
        node.sendNext();
      }
    } catch (IOException | UncheckedIOException e) {
      failure = e;
      thread.shutdown();
    }
  }

  private static void take(SelectionKey key) {
    try {
      ((SealedNode) key.attachment()).takeAck();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    thread.shutdownNow();
    try {
      thread.awaitTermination(PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (SealedNode node : nodes) {
      node.close();
    }
    selector.close();
  }
}
