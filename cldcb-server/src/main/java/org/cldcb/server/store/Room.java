package org.cldcb.server.store;

import java.util.Optional;
import org.cldcb.crypto.PublicKey;
import org.cldcb.wire.RefusalCode;

/** What may still be written for a node: by the server's disk and by the node's quota. */
record Room(Space space, Quota quota) {
  static Room of(Sql sql, StoreSettings settings, PublicKey node) {
    return new Room(settings.space(sql), Quota.of(sql, node));
  }

  /**
   * Why no record of this size is taken. A quota refuses none, but the last of the room is for the
   * others.
   */
  Optional<RefusalCode> refusesRecord(long size) {
    return refusal(true, space.after(size).takesRecords(quota.level() == Quota.Level.OVER));
  }

  /** Why no chunk of this size is taken. */
  Optional<RefusalCode> refusesChunk(long size) {
    return refusal(quota.takesBases(size), space.after(size).takesChunks());
  }

  /** Why no manifest of this size is taken, nor an offer that takes so much. */
  Optional<RefusalCode> refusesManifest(long size) {
    return refusal(quota.takesBases(size), space.after(size).takesRecords(false));
  }

  boolean isNearlyFull() {
    return quota.level() != Quota.Level.ENOUGH || space.isNearlyFull();
  }

  private static Optional<RefusalCode> refusal(boolean byQuota, boolean byDisk) {
    if (!byDisk) {
      return Optional.of(RefusalCode.DISK_FULL);
    }
    return byQuota ? Optional.empty() : Optional.of(RefusalCode.OVER_QUOTA);
  }
}
