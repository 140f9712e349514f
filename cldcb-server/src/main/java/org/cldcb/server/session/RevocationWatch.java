package org.cldcb.server.session;

import org.cldcb.crypto.PublicKey;
import org.cldcb.server.store.BackupStore;
import org.cldcb.server.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cuts the sessions of nodes that are no longer allowed, whichever process revoked them. To be run
 * every so often, by one thread.
 */
public final class RevocationWatch implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(RevocationWatch.class);

  private final BackupStore store;
  private final SessionRegistry sessions;
  private long seenVersion = -1;
  private boolean failing;

  public RevocationWatch(BackupStore store, SessionRegistry sessions) {
    this.store = store;
    this.sessions = sessions;
  }

  @Override
  public void run() {
    try {
      look();
      failing = false;
    } catch (StoreException e) {
      if (!failing) {
        LOG.error("the list of nodes can't be read", e);
      }
      failing = true;
    }
  }

  private void look() {
    long version = store.listVersion();
    if (version == seenVersion) {
      return;
    }
    for (PublicKey node : sessions.nodes()) {
      if (!store.isAllowed(node)) {
        LOG.info("node {} revoked: {} sessions cut", node, sessions.revoke(node));
      }
    }
    // Only now: where the store failed above, all is checked again.
    seenVersion = version;
  }
}
