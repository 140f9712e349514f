package org.cldcb.e2e.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Times of hooks, and of appends of the same SQL to a file, taken in turn: what slows the machine
 * for a while slows both.
 */
record HookTimes(Latencies hooks, Latencies appends) {

  static HookTimes none() {
    return new HookTimes(new Latencies(), new Latencies());
  }

  /** Calls the hook, then appends the SQL. */
  void take(HookDriver plugin, AppendedFile file, long dataVersion, List<String> statements)
      throws IOException {
    byte[] request = HookDriver.dbWrite(dataVersion, statements);
    byte[] sql = String.join("", statements).getBytes(StandardCharsets.UTF_8);
    hooks.add(plugin.hook(request));
    appends.add(file.append(sql));
  }

  /** Without the first ones, in which everything is still cold. */
  HookTimes without(int first) {
    return new HookTimes(hooks.without(first), appends.without(first));
  }
}
