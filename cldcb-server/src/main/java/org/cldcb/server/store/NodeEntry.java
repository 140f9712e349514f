package org.cldcb.server.store;

import org.cldcb.crypto.PublicKey;

/**
 * A node on the list.
 *
 * @param label the operator's words, may be empty
 * @param allowed false once revoked
 * @param since unix seconds of the last allow or revoke
 * @param quota bytes that it may keep, 0: no limit
 */
public record NodeEntry(PublicKey nodeId, String label, boolean allowed, long since, long quota) {}
