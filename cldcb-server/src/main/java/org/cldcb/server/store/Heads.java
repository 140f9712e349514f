package org.cldcb.server.store;

import org.cldcb.chain.Head;
import org.cldcb.crypto.PublicKey;
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

  HeadState empty(Sql sql, PublicKey node) {
    return new HeadState(
        Head.EMPTY, Head.EMPTY, new Flags(false, false, room(sql, node).isNearlyFull()));
  }

  Flags flags(Sql sql, BackupRow row) {
    return flags(room(sql, row), row.baseUsable(), row.recordBytes(), row.baseBytes());
  }

  /**
   * Those of a backup whose row was just changed to these figures.
   *
   * @param room as it was before: each answer costs what asking again does
   */
  Flags flags(Room room, boolean usable, long recordBytes, long baseBytes) {
    boolean wanted = recordBytes > Math.max(baseBytes, settings.compactMinBytes());
    return new Flags(usable, wanted, room.isNearlyFull());
  }

  Room room(Sql sql, BackupRow row) {
    return room(sql, row.backup().nodeId());
  }

  private Room room(Sql sql, PublicKey node) {
    return Room.of(sql, settings, node);
  }

  Refused refused(RefusalCode code, Sql sql, BackupRow row) {
    return new Refused(code, row.head(), row.parent(sql));
  }
}
