package org.cldcb.e2e.bench;

import java.io.IOException;
import java.util.List;

/**
 * The whole recovery of the trace by the client, from process start to the synced file, against the
 * {@code sqlite3} shell on the same SQL.
 */
final class Recovery implements Section {
  private static final Goal RATIO = Goal.atLeast(0.6, 1);

  @Override
  public String name() {
    return "recovery";
  }

  @Override
  public boolean isShort() {
    return true;
  }

  @Override
  public List<Row> run(Context context) throws IOException, InterruptedException {
    context.played();
    long shell = SqliteShell.run(context.trace(), context.path(""));
    if (shell == 0) {
      context.note("no sqlite3 shell here, so recovery is not measured");
      return List.of();
    }
    long ours = recover(context);
    return List.of(
        Row.of(
            "recovery, statements",
            perSecond("", context, ours),
            perSecond("sqlite3 shell", context, shell),
            RATIO));
  }

  private static long recover(Context context) throws IOException {
    BackedUpNode node = context.node();
    long start = System.nanoTime();
    node.client(
        "recover",
        "--server=" + node.server().contact(),
        "--yes",
        "--to=" + context.path("recovered.sqlite3"));
    return System.nanoTime() - start;
  }

  private static Quantity perSecond(String what, Context context, long nanos) {
    long statements =
        context.trace().writes().stream().mapToLong(write -> write.statements().size()).sum();
    return Quantity.perSecond(what, statements * 1e9 / nanos);
  }
}
