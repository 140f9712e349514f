package org.cldcb.server.store;

import org.cldcb.chain.Head;
import org.cldcb.wire.Flags;

/**
 * Where a backup stands.
 *
 * @param parent the head before, if the head's record may be replaced; else the empty head
 */
public record HeadState(Head head, Head parent, Flags flags) {}
