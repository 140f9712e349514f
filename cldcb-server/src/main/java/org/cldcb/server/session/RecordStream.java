package org.cldcb.server.session;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.cldcb.server.store.BackupId;
import org.cldcb.server.store.BackupStore;
import org.cldcb.server.store.HeadState;
import org.cldcb.server.store.StoredEnvelope;
import org.cldcb.wire.End;
import org.cldcb.wire.Message;
import org.cldcb.wire.StoredRecord;

/** The records after a seq, until there are no more; then the head as it is. */
final class RecordStream extends EnvelopeStream {
  private final BackupStore store;
  private final BackupId backup;
  private final Deque<StoredEnvelope> batch = new ArrayDeque<>();
  private long afterSeq;
  private boolean ended;

  RecordStream(BackupStore store, BackupId backup, long afterSeq) {
    super(store);
    this.store = store;
    this.backup = backup;
    this.afterSeq = afterSeq;
  }

  @Override
  List<Message> first() {
    if (ended) {
      return List.of();
    }
    if (batch.isEmpty()) {
      batch.addAll(store.records(backup, afterSeq, PIECE_BYTES));
    }
    if (batch.isEmpty()) {
      ended = true;
      HeadState now = store.head(backup);
      return List.of(new End(now.head(), now.parent()));
    }
    return records();
  }

  private List<Message> records() {
    List<Message> records = new ArrayList<>();
    while (!batch.isEmpty()) {
      StoredEnvelope record = batch.remove();
      afterSeq = record.position().seq();
      records.add(new StoredRecord(record.position(), record.receivedAt(), record.first()));
      if (sendRestOf(record)) {
        break;
      }
    }
    return records;
  }
}
