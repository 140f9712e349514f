package org.cldcb.server.session;

import java.util.HashMap;
import java.util.Map;
import org.cldcb.crypto.PublicKey;

/**
 * How much of envelopes that aren't whole yet lies on the disk, node by node: all sessions of a
 * node together have no more than one of them needs. Thread-safe.
 */
final class Spooled {
  private static final long MAX_OF_A_NODE = WriteRequests.MAX_ENVELOPE_BYTES;

  private final Map<PublicKey, Long> bytes = new HashMap<>();

  /** Counts more for a node. */
  synchronized void add(PublicKey nodeId, long more) throws OverLimitException {
    if (bytes.getOrDefault(nodeId, 0L) + more > MAX_OF_A_NODE) {
      throw new OverLimitException(
          "a node sends at most " + MAX_OF_A_NODE + " bytes of large envelopes at once");
    }
    bytes.merge(nodeId, more, Long::sum);
  }

  synchronized void remove(PublicKey nodeId, long less) {
    bytes.computeIfPresent(nodeId, (node, held) -> held > less ? held - less : null);
  }
}
