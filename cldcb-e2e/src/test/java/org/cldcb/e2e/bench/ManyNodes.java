package org.cldcb.e2e.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.cldcb.e2e.rig.ServerProcess;

/** Nodes that write to one server at the same time, each of them in step. */
final class ManyNodes implements AutoCloseable {
  private final List<SealedNode> nodes = new ArrayList<>();
  private final ExecutorService threads;

  ManyNodes(ServerProcess server, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      nodes.add(new SealedNode(server));
    }
    threads = Executors.newFixedThreadPool(count);
  }

  /** Acknowledgements a second, over all of them, when the first so many write at once. */
  double acksPerSecond(int writing, int recordsEach) throws IOException {
    for (SealedNode node : nodes.subList(0, writing)) {
      node.seal(recordsEach);
    }
    long start = System.nanoTime();
    nodes.subList(0, writing).stream()
        .map(node -> CompletableFuture.runAsync(() -> append(node), threads))
        .toList()
        .forEach(CompletableFuture::join);
    return (double) writing * recordsEach * 1e9 / (System.nanoTime() - start);
  }

  private static void append(SealedNode node) {
    try {
      node.appendAll();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    nodes.forEach(SealedNode::close);
    threads.shutdown();
  }
}
