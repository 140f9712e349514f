package org.cldcb.server.store;

import org.cldcb.chain.Head;
import org.cldcb.crypto.PublicKey;
import org.cldcb.wire.Status;
import org.jspecify.annotations.Nullable;

/**
 * What an operator wants to know of a backup.
 *
 * @param claimNumber 0 if unclaimed
 * @param claimant the delegate that may write
 */
public record BackupSummary(
    BackupId backup, Head head, Status status, long claimNumber, @Nullable PublicKey claimant) {}
