package org.cldcb.server.store;

import org.cldcb.crypto.PublicKey;

/**
 * Whose session asks. The store checks in the very transaction that this may still write.
 *
 * @param epoch the writer epoch of the session; 0 for one that has none (reading, or chunks ahead)
 */
public record Writer(BackupId backup, PublicKey delegate, long epoch) {}
