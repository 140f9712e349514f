package org.cldcb.e2e.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.cldcb.e2e.rig.Trace;
import org.cldcb.e2e.rig.Write;

/**
 * The recorded writes over and over, each as the next version of the database, in turn with appends
 * of the same SQL to a file. Not thread-safe.
 */
final class SteadyWrites implements AutoCloseable {
  private static final int WARM_UP = 500;
  private static final int MEASURED = 2000;

  private final List<Write> writes;
  private final AppendedFile file;
  private int next;

  SteadyWrites(Trace trace, Path appended) throws IOException {
    writes = trace.writes().stream().filter(write -> !write.isPragma()).toList();
    file = new AppendedFile(appended);
  }

  /**
   * Plays some, of which the first ones don't count.
   *
   * @param dataVersion of the database before
   */
  HookTimes play(HookDriver plugin, long dataVersion) throws IOException {
    HookTimes times = HookTimes.none();
    for (int i = 1; i <= WARM_UP + MEASURED; i++) {
      Write write = writes.get(next++ % writes.size());
      times.take(plugin, file, dataVersion + i, write.statements());
    }
    return times.without(WARM_UP);
  }

  /** How many one {@link #play} makes. */
  static int count() {
    return WARM_UP + MEASURED;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
