package org.cldcb.plugin;

import org.cldcb.plugin.rpc.JsonRpcOutput;

/** How this process ends. */
final class Exit {
  private Exit() {}

  /**
   * Ends the process, and never returns. The pipe closes first, by which lightningd knows at once:
   * halting waits up to 300 ms for a thread that reads, and a write that began meanwhile would find
   * nobody.
   */
  static void with(int status, JsonRpcOutput out) {
    out.close();
    Runtime.getRuntime().halt(status);
  }
}
