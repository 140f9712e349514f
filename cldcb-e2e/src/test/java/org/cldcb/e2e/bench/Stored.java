package org.cldcb.e2e.bench;

import java.io.IOException;
import java.util.List;
import org.cldcb.e2e.rig.Trace;

/**
 * What the server keeps of the records of a node, of whose writes nothing went into the dictionary,
 * against the SQL in them.
 */
final class Stored implements Section {
  private static final Goal RATIO = Goal.atMost(0.24, 0.2);

  @Override
  public String name() {
    return "stored";
  }

  @Override
  public boolean isShort() {
    return true;
  }

  @Override
  public List<Row> run(Context context) throws IOException {
    BackedUpNode node =
        BackedUpNode.install(
            context.executables(), context.path("other"), context.path("other-server"));
    PlayedTrace played =
        PlayedTrace.play(Trace.load(Trace.NODE_B), node, context.path("other-appended"));
    long stored = StoredBytes.of(context.executables(), node.server());
    node.server().stop();
    return List.of(
        Row.of(
            "stored records",
            Quantity.bytes("", stored),
            Quantity.bytes("SQL", played.sqlBytes()),
            RATIO));
  }
}
