package org.cldcb.server.session;

import org.cldcb.crypto.PublicKey;

/**
 * The event that the handshake fires.
 *
 * @param delegate the key that the client has proved to hold
 */
public record HandshakeCompleted(PublicKey delegate) {}
