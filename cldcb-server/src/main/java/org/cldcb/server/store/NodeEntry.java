package org.cldcb.server.store;

import org.cldcb.crypto.PublicKey;

/**
 * A node on the list.
 *
 * @param label the operator's words, may be empty
 * @param allowed false once revoked
 * @param since unix seconds of the last allow or revoke
 */
public record NodeEntry(PublicKey nodeId, String label, boolean allowed, long since) {}
