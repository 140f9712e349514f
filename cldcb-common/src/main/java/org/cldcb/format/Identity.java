package org.cldcb.format;

import org.cldcb.chain.Network;
import org.cldcb.crypto.PublicKey;

/** Whose backup it is. Every envelope is bound to it. */
public record Identity(Network network, PublicKey nodeId) {}
