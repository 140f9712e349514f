package org.cldcb.server.session;

import java.util.List;
import java.util.Optional;
import org.cldcb.codec.Hash;
import org.cldcb.server.store.BackupId;
import org.cldcb.server.store.BackupStore;
import org.cldcb.server.store.StoredEnvelope;
import org.cldcb.wire.Base;
import org.cldcb.wire.Message;
import org.cldcb.wire.RefusalCode;

/** The manifest of the current base, or of one that it stands on. */
final class BaseStream extends EnvelopeStream {
  private final BackupStore store;
  private final BackupId backup;
  private final Hash digest;
  private boolean begun;

  BaseStream(BackupStore store, BackupId backup, Hash digest) {
    super(store);
    this.store = store;
    this.backup = backup;
    this.digest = digest;
  }

  @Override
  List<Message> first() {
    if (begun) {
      return List.of();
    }
    begun = true;
    Optional<StoredEnvelope> base = store.base(backup, digest);
    return List.of(
        base.isPresent()
            ? message(base.get())
            : Refusals.refuse(store, backup, RefusalCode.NOT_FOUND));
  }

  private Message message(StoredEnvelope manifest) {
    sendRestOf(manifest);
    return new Base(manifest.position(), manifest.receivedAt(), manifest.first());
  }
}
