package org.cldcb.e2e.rig;

import java.io.IOException;

/** A plugin ended, or said something that isn't JSON-RPC. */
final class PluginGone extends IOException {
  private static final long serialVersionUID = 1;

  PluginGone(String message) {
    super(message);
  }
}
