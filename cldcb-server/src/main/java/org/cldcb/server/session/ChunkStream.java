package org.cldcb.server.session;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.cldcb.codec.Hash;
import org.cldcb.server.store.BackupId;
import org.cldcb.server.store.BackupStore;
import org.cldcb.server.store.StoredEnvelope;
import org.cldcb.wire.Chunk;
import org.cldcb.wire.Message;
import org.cldcb.wire.RefusalCode;

/** Chunks in the order asked for, up to the first that is lacking. */
final class ChunkStream extends EnvelopeStream {
  private final BackupStore store;
  private final BackupId backup;
  private final Iterator<Hash> ids;
  private boolean refused;

  ChunkStream(BackupStore store, BackupId backup, List<Hash> ids) {
    super(store);
    this.store = store;
    this.backup = backup;
    this.ids = ids.iterator();
  }

  @Override
  List<Message> first() {
    List<Message> chunks = new ArrayList<>();
    int bytes = 0;
    while (bytes < PIECE_BYTES && ids.hasNext() && !refused) {
      Hash id = ids.next();
      Optional<StoredEnvelope> chunk = store.chunk(backup, id);
      if (chunk.isEmpty()) {
        refused = true;
        chunks.add(Refusals.refuse(store, backup, RefusalCode.NOT_FOUND));
        break;
      }
      chunks.add(new Chunk(id, chunk.get().first()));
      bytes += chunk.get().first().length;
      if (sendRestOf(chunk.get())) {
        break;
      }
    }
    return chunks;
  }
}
