package org.cldcb.e2e.rig;

import java.util.List;

/**
 * What a recorded lightningd wrote from its start to its end.
 *
 * @param preInit before the plugin was told {@code init}
 * @param running after that
 * @param afterShutdown after the plugin was told {@code shutdown}
 */
public record Boot(List<Write> preInit, List<Write> running, List<Write> afterShutdown) {
  public Boot {
    preInit = List.copyOf(preInit);
    running = List.copyOf(running);
    afterShutdown = List.copyOf(afterShutdown);
  }
}
