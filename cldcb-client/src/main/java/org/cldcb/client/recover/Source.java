package org.cldcb.client.recover;

import org.cldcb.crypto.MessageSignature;
import org.cldcb.crypto.NodeKey;
import org.cldcb.crypto.PublicKey;
import org.cldcb.format.Identity;

/**
 * Where a node comes back from.
 *
 * @param delegate the new key that asks, and may claim
 * @param delegation the node's signature that makes it a delegate
 */
record Source(
    Identity identity,
    NodeKey node,
    PublicKey serverKey,
    PublicKey delegate,
    MessageSignature delegation,
    Backup.Server server) {}
