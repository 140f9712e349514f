package org.cldcb.server.store;

import org.cldcb.chain.Head;
import org.cldcb.wire.Flags;
import org.cldcb.wire.RefusalCode;
import org.cldcb.wire.Refused;

/** What is said of a backup's head along with every answer. */
final class Heads {
  private final StoreSettings settings;

  Heads(StoreSettings settings) {
    this.settings = settings;
  }

  HeadState state(Sql sql, BackupRow row) {
    return new HeadState(row.head(), row.parent(sql), flags(row));
  }

  HeadState empty() {
    return new HeadState(
        Head.EMPTY, Head.EMPTY, new Flags(false, false, settings.isDiskNearlyFull()));
  }

  Flags flags(BackupRow row) {
    return flags(row.baseUsable(), row.recordBytes(), row.baseBytes());
  }

  Flags flags(boolean usable, long recordBytes, long baseBytes) {
    boolean wanted = recordBytes > Math.max(baseBytes, settings.compactMinBytes());
    return new Flags(usable, wanted, settings.isDiskNearlyFull());
  }

  Refused refused(RefusalCode code, Sql sql, BackupRow row) {
    return new Refused(code, row.head(), row.parent(sql));
  }
}
