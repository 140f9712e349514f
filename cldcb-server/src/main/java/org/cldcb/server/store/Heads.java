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
    return new HeadState(row.head(), row.parent(sql), flags(sql, row));
  }

  HeadState empty(Sql sql) {
    return new HeadState(
        Head.EMPTY, Head.EMPTY, new Flags(false, false, settings.space(sql).isNearlyFull()));
  }

  Flags flags(Sql sql, BackupRow row) {
    return flags(sql, row.baseUsable(), row.recordBytes(), row.baseBytes());
  }

  Flags flags(Sql sql, boolean usable, long recordBytes, long baseBytes) {
    boolean wanted = recordBytes > Math.max(baseBytes, settings.compactMinBytes());
    return new Flags(usable, wanted, settings.space(sql).isNearlyFull());
  }

  Refused refused(RefusalCode code, Sql sql, BackupRow row) {
    return new Refused(code, row.head(), row.parent(sql));
  }
}
