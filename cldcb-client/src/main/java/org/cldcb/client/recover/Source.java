package org.cldcb.client.recover;

import java.time.Duration;
import org.cldcb.crypto.MessageSignature;
import org.cldcb.crypto.NodeKey;
import org.cldcb.crypto.PublicKey;
import org.cldcb.format.Identity;

/**
 * Where a node comes back from.
 *
 * @param delegate the new key that asks, and may claim
 * @param delegation the node's signature that makes it a delegate
 * @param longestPause between two attempts to reach the server
 */
record Source(
    Identity identity,
    NodeKey node,
    PublicKey serverKey,
    PublicKey delegate,
    MessageSignature delegation,
    Backup.Server server,
    Duration longestPause) {}
