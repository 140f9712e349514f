package org.cldcb.plugin.backup;

import org.cldcb.chain.Head;

/**
 * What to do with a write, from the versions alone: the table of docs/ARCHITECTURE.md. CLN only
 * ever sends the version on disk + 1 (a transaction about to commit) or the version on disk (a
 * {@code PRAGMA} outside any transaction, which schema migrations report).
 */
enum Decision {
  /** In step. */
  APPEND,
  /** The server's last record never committed. */
  REPLACE,
  /** Writes were missed, or the server lost data, or it has no usable base. */
  BASE,
  /** The database is older than the backup. */
  BEHIND,
  /** The version doesn't go with the database that was read: probably it is another file. */
  MISFIT;

  /**
   * Decides.
   *
   * @param version data_version of the call
   * @param onDisk version in the database on disk during the hook
   * @param head the server's
   * @param parent the head before, if the head's record can be replaced; else the empty head
   * @param usableBase whether the server has a complete base
   */
  static Decision of(long version, long onDisk, Head head, Head parent, boolean usableBase) {
    if (version != onDisk && version != onDisk + 1) {
      return MISFIT;
    }
    if (head.dataVersion() > onDisk + 1) {
      return BEHIND;
    }
    if (!usableBase || head.dataVersion() < onDisk) {
      return BASE;
    }
    if (head.dataVersion() == onDisk) {
      return APPEND;
    }
    // A record of the same version below the head proves that this version did commit once: then it
    // is
    // the database that is behind. So does a base, which is made only of what was committed.
    return !parent.isEmpty() && parent.dataVersion() == onDisk ? REPLACE : BEHIND;
  }
}
