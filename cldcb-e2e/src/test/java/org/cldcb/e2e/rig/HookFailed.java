package org.cldcb.e2e.rig;

/**
 * A plugin answered a db_write with anything but {@code continue}, or went away during it: the
 * transaction is rolled back, the node is down.
 */
public final class HookFailed extends NodeDied {
  private static final long serialVersionUID = 1;

  private final String pluginMessage;

  HookFailed(String lastWords, String pluginMessage) {
    super(lastWords);
    this.pluginMessage = pluginMessage;
  }

  /** What the plugin said, to be read by the operator; empty if it said nothing. */
  public String pluginMessage() {
    return pluginMessage;
  }
}
