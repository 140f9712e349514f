package org.cldcb.server.store;

import org.cldcb.chain.Network;
import org.cldcb.crypto.PublicKey;

/** Which backup: a node has one for each network it runs on. */
public record BackupId(PublicKey nodeId, Network network) {
  /** In the operator's words. */
  @Override
  public String toString() {
    return "node " + nodeId + " " + network.name();
  }
}
