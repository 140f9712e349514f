package org.cldcb.server.session;

import java.util.List;
import org.cldcb.wire.Message;

/** An answer of many messages, read from the store piece by piece. One thread at a time. */
@FunctionalInterface
interface Pieces {
  /** Bytes of a piece, about. */
  int PIECE_BYTES = 256 << 10;

  /** The next messages, some hundred KiB of them at most; none at the end. May block. */
  List<Message> next();
}
