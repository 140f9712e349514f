package org.cldcb.e2e.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** One node that works while more and more others are connected to its server. */
final class GrowthOverNodes {
  private static final int[] NODES = {1, 3, 10, 30, 100, 300, 1_000};

  private GrowthOverNodes() {}

  static List<Growth.Point> measure(Context context) throws IOException {
    BackedUpNode node =
        BackedUpNode.install(
            context.executables(), context.path("busy"), context.path("busy-server"));
    List<Growth.Point> points = new ArrayList<>();
    long version = 0;
    try (SteadyWrites writes = new SteadyWrites(context.trace(), context.path("busy-appended"));
        QuietNodes others = new QuietNodes(node.server());
        HookDriver plugin = node.startPlugin()) {
      for (int nodes : NODES) {
        others.growTo(nodes - 1);
        HookTimes times = writes.play(plugin, version);
        version += SteadyWrites.count();
        points.add(Growth.Point.of(nodes, times, Memory.resident(node.server().pid())));
      }
    } finally {
      node.server().stop();
    }
    return points;
  }
}
