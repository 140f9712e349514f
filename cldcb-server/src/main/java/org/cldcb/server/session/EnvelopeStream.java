package org.cldcb.server.session;

import java.util.ArrayList;
import java.util.List;
import org.cldcb.server.store.BackupStore;
import org.cldcb.server.store.StoredEnvelope;
import org.cldcb.wire.Message;
import org.cldcb.wire.Segment;
import org.jspecify.annotations.Nullable;

/**
 * Stored envelopes on their way out: of a large one, only some segments are in memory at a time.
 */
abstract class EnvelopeStream implements Pieces {
  private static final int SEGMENTS = PIECE_BYTES / org.cldcb.format.Segment.PLAINTEXT;

  private final BackupStore store;
  private @Nullable StoredEnvelope open;
  private int sent;

  EnvelopeStream(BackupStore store) {
    this.store = store;
  }

  @Override
  public final List<Message> next() {
    StoredEnvelope envelope = open;
    if (envelope == null) {
      return first();
    }
    List<Message> segments = new ArrayList<>();
    while (segments.size() < SEGMENTS && sent < envelope.segments()) {
      segments.add(new Segment(store.segment(envelope.key(), sent++)));
    }
    open = sent < envelope.segments() ? envelope : null;
    return segments;
  }

  /**
   * The next first messages of envelopes; the last of them may be one that {@link #sendRestOf} was
   * told about.
   */
  abstract List<Message> first();

  /**
   * Has the further segments of this envelope follow.
   *
   * @return whether there are any
   */
  final boolean sendRestOf(StoredEnvelope envelope) {
    sent = 0;
    open = envelope.segments() > 0 ? envelope : null;
    return open != null;
  }
}
