package org.cldcb.e2e.bench;

import java.io.IOException;
import java.util.List;
import org.cldcb.e2e.rig.ServerProcess;

/** Many nodes on one server, sealed beforehand, so that it is the server that is measured. */
final class Nodes implements Section {
  private static final Goal RATIO = Goal.atLeast(6, 12);
  private static final Goal MEMORY_MIB = Goal.atMost(200, 120);
  private static final int CONNECTED = 100;
  private static final int AT_ONCE = 32;
  private static final int RECORDS_OF_ONE = 2000;
  private static final int RECORDS_OF_EACH = 200;

  @Override
  public String name() {
    return "nodes";
  }

  @Override
  public boolean isShort() {
    return true;
  }

  @Override
  public List<Row> run(Context context) throws IOException {
    ServerProcess server = context.executables().initServer(context.path("many"));
    try (ManyNodes nodes = new ManyNodes(server, CONNECTED)) {
      nodes.warmUp();
      double one = nodes.acksPerSecond(1, RECORDS_OF_ONE);
      double many = nodes.acksPerSecond(AT_ONCE, RECORDS_OF_EACH);
      nodes.acksPerSecond(CONNECTED, RECORDS_OF_EACH);
      return List.of(
          Row.of(
              "acks, " + AT_ONCE + " nodes at once",
              Quantity.perSecond("", many),
              Quantity.perSecond("one node", one),
              RATIO),
          Row.of(
              "server RSS, " + CONNECTED + " nodes writing",
              Quantity.memory(Memory.resident(server.pid())),
              MEMORY_MIB));
    } finally {
      server.stop();
    }
  }
}
