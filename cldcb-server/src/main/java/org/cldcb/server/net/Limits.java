package org.cldcb.server.net;

/**
 * Bounds on connections.
 *
 * @param connections in all
 * @param unauthenticatedConnections those that aren't welcome yet; the oldest makes way
 * @param helloMillis for the handshake and the first message
 * @param idleSeconds until a connection on which nothing moves is closed
 */
record Limits(int connections, int unauthenticatedConnections, long helloMillis, int idleSeconds) {
  static final Limits DEFAULT = new Limits(1024, 256, 10_000, 120);
}
