package org.cldcb.e2e.rig;

/** The test's patience with a db_write ran out: lightningd itself would wait for ever. */
public final class HookTimedOut extends NodeDied {
  private static final long serialVersionUID = 1;

  HookTimedOut(String message) {
    super(message);
  }
}
