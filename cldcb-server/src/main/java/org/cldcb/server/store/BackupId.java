package org.cldcb.server.store;

import org.cldcb.chain.Network;
import org.cldcb.crypto.PublicKey;

/** Which backup: a node has one for each network it runs on. */
public record BackupId(PublicKey nodeId, Network network) {}
