package org.cldcb.server.store;

import org.cldcb.codec.Hash;
import org.cldcb.io.Spool;
import org.jspecify.annotations.Nullable;

/**
 * A whole envelope as it came in, its structure checked.
 *
 * @param first header and first segment
 * @param rest the further segments one after another, each with its length field; null if none
 * @param size bytes in all
 * @param digest docs/FORMAT.md §4, computed from what came in
 */
public record Envelope(byte[] first, @Nullable Spool rest, long size, Hash digest) {}
