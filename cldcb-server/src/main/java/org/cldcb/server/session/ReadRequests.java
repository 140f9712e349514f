package org.cldcb.server.session;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.cldcb.server.store.BackupId;
import org.cldcb.server.store.BackupStore;
import org.cldcb.wire.Claims;
import org.cldcb.wire.GetBase;
import org.cldcb.wire.GetChunks;
import org.cldcb.wire.GetClaims;
import org.cldcb.wire.GetRecords;
import org.cldcb.wire.GetStatus;
import org.cldcb.wire.Message;

/** Requests that read, which every session may make: docs/PROTOCOL.md §5. */
final class ReadRequests {
  private final BackupStore store;
  private final BackupId backup;

  ReadRequests(BackupStore store, BackupId backup) {
    this.store = store;
    this.backup = backup;
  }

  /** The answer to such a request; empty if it is none. */
  Optional<Pieces> answer(Message request) {
    if (request instanceof GetClaims claims) {
      return Optional.of(one(() -> new Claims(store.claims(backup, claims.from()))));
    }
    if (request instanceof GetStatus) {
      return Optional.of(one(() -> store.status(backup)));
    }
    if (request instanceof GetBase base) {
      return Optional.of(new BaseStream(store, backup, base.digest()));
    }
    if (request instanceof GetChunks chunks) {
      return Optional.of(new ChunkStream(store, backup, chunks.ids()));
    }
    if (request instanceof GetRecords records) {
      return Optional.of(new RecordStream(store, backup, records.afterSeq()));
    }
    return Optional.empty();
  }

  private static Pieces one(Supplier<Message> message) {
    Iterator<Supplier<Message>> pieces = List.of(message).iterator();
    return () -> pieces.hasNext() ? List.of(pieces.next().get()) : List.of();
  }
}
