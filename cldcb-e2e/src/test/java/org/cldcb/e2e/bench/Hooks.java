package org.cldcb.e2e.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** How long lightningd stands still in a db_write, and what the plugin weighs after the trace. */
final class Hooks implements Section {
  private static final Goal MEDIAN = Goal.atMost(3, 1.7);
  private static final Goal TAIL = Goal.atMost(6, 3);
  private static final Goal MEMORY_MIB = Goal.atMost(80, 55);

  /** Enough for the tail. */
  private static final int FLOOR_WRITES = 2000;

  @Override
  public String name() {
    return "hooks";
  }

  @Override
  public boolean isShort() {
    return true;
  }

  @Override
  public List<Row> run(Context context) throws IOException, InterruptedException {
    PlayedTrace played = context.played();
    noteFloor(context);
    return List.of(
        row(played.times(), 0.5, MEDIAN),
        row(played.times(), 0.99, TAIL),
        Row.of("plugin RSS after the trace", Quantity.memory(played.pluginBytes()), MEMORY_MIB));
  }

  private static Row row(HookTimes times, double share, Goal goal) {
    return Row.of(
        "hook p" + Math.round(share * 100),
        Quantity.micros("", times.hooks().quantile(share)),
        Quantity.micros("fdatasync append", times.appends().quantile(share)),
        goal);
  }

  /** What all of this costs with a plugin that does nothing. */
  private static void noteFloor(Context context) throws IOException, InterruptedException {
    Optional<Path> plugin = NullPlugin.compile(context.path("null-plugin"));
    if (plugin.isEmpty()) {
      context.note("no C compiler, so not measured: a plugin that answers at once");
      return;
    }
    Path folder = Files.createDirectories(context.path("null"));
    try (HookDriver driver = HookDriver.start(plugin.get(), folder);
        AppendedFile file = new AppendedFile(folder.resolve("appended"))) {
      HookTimes times =
          PlayedTrace.play(context.trace().writes().subList(0, FLOOR_WRITES), driver, file)
              .without(PlayedTrace.WARM_UP);
      context.note(
          "contained in hook p50 and p99: what a plugin takes here that answers at once, "
              + Quantity.micros("", times.hooks().quantile(0.5))
              + " and "
              + Quantity.micros("", times.hooks().quantile(0.99)));
    }
  }
}
