package org.cldcb.e2e.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import org.cldcb.e2e.rig.ServerProcess;

/**
 * Nodes that write to one server at the same time, each of them in step. One thread plays them all:
 * a thread for each would spend more on waking up than the server on an append.
 */
final class ManyNodes implements AutoCloseable {
  private static final int WARM_UP_EACH = 500;

  private final List<SealedNode> nodes = new ArrayList<>();
  private final Selector selector = Selector.open();
  private int unanswered;

  ManyNodes(ServerProcess server, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      nodes.add(new SealedNode(server, selector));
    }
  }

  /**
   * Has the server's machine code made: a hundred hellos come first in line, and a server that runs
   * for months does its appends with what is made last.
   */
  void warmUp() throws IOException {
    acksPerSecond(nodes.size(), WARM_UP_EACH);
    acksPerSecond(1, WARM_UP_EACH);
  }

  /** Acknowledgements a second, over all of them, when the first so many write at once. */
  double acksPerSecond(int writing, int recordsEach) throws IOException {
    List<SealedNode> writers = nodes.subList(0, writing);
    for (SealedNode node : writers) {
      node.seal(recordsEach);
    }
    long start = System.nanoTime();
    for (SealedNode node : writers) {
      node.sendNext();
    }
    unanswered = writing * recordsEach;
    while (unanswered > 0) {
      selector.select(key -> answered((SealedNode) key.attachment()));
    }
    return (double) writing * recordsEach * 1e9 / (System.nanoTime() - start);
  }

  private void answered(SealedNode node) {
    try {
      if (node.takeAck()) {
        unanswered--;
        node.sendNext();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    for (SealedNode node : nodes) {
      node.close();
    }
    selector.close();
  }
}
