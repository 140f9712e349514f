package org.cldcb.e2e.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.cldcb.e2e.rig.Trace;
import org.cldcb.e2e.rig.Write;

/**
 * What was measured while a whole trace went through a plugin.
 *
 * @param times of the hooks, without the cold ones
 * @param sqlBytes UTF-8 of all statements
 * @param pluginBytes the plugin's memory at the end
 */
record PlayedTrace(HookTimes times, long sqlBytes, long pluginBytes) {
  /** Hooks in which the plugin and the server are still cold. */
  static final int WARM_UP = 500;

  /** Plays all writes in one process of the plugin. */
  static PlayedTrace play(Trace trace, BackedUpNode node, Path appended) throws IOException {
    try (HookDriver plugin = node.startPlugin();
        AppendedFile file = new AppendedFile(appended)) {
      HookTimes times = play(trace.writes(), plugin, file);
      return new PlayedTrace(
          times.without(WARM_UP), sqlBytes(trace), Memory.resident(plugin.pid()));
    }
  }

  /** Plays these writes, in turn with appends of the same SQL to a file. */
  static HookTimes play(List<Write> writes, HookDriver plugin, AppendedFile file)
      throws IOException {
    HookTimes times = HookTimes.none();
    for (Write write : writes) {
      times.take(plugin, file, write.dataVersion(), write.statements());
    }
    return times;
  }

  private static long sqlBytes(Trace trace) {
    return trace.writes().stream()
        .flatMap(write -> write.statements().stream())
        .mapToLong(statement -> statement.getBytes(StandardCharsets.UTF_8).length)
        .sum();
  }
}
