package org.cldcb.e2e.rig;

/** How far a transaction gets. */
enum Ending {
  /** The plugin said {@code continue}, the transaction was committed. */
  COMMITTED,
  /** lightningd died with the db_write sent, and never read the answer. */
  CRASHED_DURING_HOOK,
  /** The plugin said {@code continue}; lightningd died before it committed. */
  CRASHED_BEFORE_COMMIT,
  /** Committed without telling any plugin. */
  COMMITTED_UNSEEN
}
