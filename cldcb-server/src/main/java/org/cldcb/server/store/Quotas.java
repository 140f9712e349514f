package org.cldcb.server.store;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cldcb.crypto.PublicKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the nodes to their quotas, and says whose is used up or nearly so. For one thread. */
final class Quotas {
  private static final Logger LOG = LoggerFactory.getLogger(Quotas.class);

  private final ReadPool reads;
  private final Sweeper sweeper;
  private final Map<PublicKey, Quota.Level> levels = new HashMap<>();

  Quotas(ReadPool reads, Sweeper sweeper) {
    this.reads = reads;
    this.sweeper = sweeper;
  }

  /** Deletes former generations of nodes that are over their quota. */
  void keep() {
    List<Quota.OfNode> all = reads.read(Quota::all);
    for (Quota.OfNode one : all) {
      Quota quota = one.quota();
      while (quota.level() == Quota.Level.OVER && sweeper.hasten(one.nodeId())) {
        quota = reads.read(sql -> Quota.of(sql, one.nodeId()));
      }
      report(one.nodeId(), quota);
    }
    levels.keySet().retainAll(all.stream().map(Quota.OfNode::nodeId).toList());
  }

  private void report(PublicKey node, Quota quota) {
    Quota.Level before = levels.put(node, quota.level());
    if (quota.level() == before) {
      return;
    }
    if (quota.level() != Quota.Level.ENOUGH) {
      LOG.warn("{}", quota.sentence(node));
    } else if (before != null) {
      LOG.info("{}", quota.sentence(node));
    }
  }
}
