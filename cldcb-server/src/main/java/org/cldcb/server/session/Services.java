package org.cldcb.server.session;

import java.nio.file.Path;
import java.util.concurrent.Executor;
import org.cldcb.crypto.PublicKey;
import org.cldcb.server.store.BackupStore;

/**
 * What all sessions share.
 *
 * @param blocking where what blocks or computes runs: reading, and checking signatures
 * @param serverKey whom claims name
 * @param spoolDirectory where large envelopes wait until they are whole
 */
public record Services(
    BackupStore store,
    Executor blocking,
    SessionRegistry sessions,
    PublicKey serverKey,
    Path spoolDirectory) {}
