package org.cldcb.server.session;

import org.cldcb.server.store.BackupId;
import org.cldcb.server.store.BackupStore;
import org.cldcb.server.store.HeadState;
import org.cldcb.wire.Message;
import org.cldcb.wire.RefusalCode;
import org.cldcb.wire.Refused;

/** Refusals that don't come from the store itself. */
final class Refusals {
  private Refusals() {}

  /** Refuses, with the head as it is. Blocks. */
  static Message refuse(BackupStore store, BackupId backup, RefusalCode code) {
    HeadState now = store.head(backup);
    return new Refused(code, now.head(), now.parent());
  }
}
