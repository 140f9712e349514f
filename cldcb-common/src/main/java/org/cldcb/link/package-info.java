/**
 * The client's side of a connection to the server, over a blocking socket: what plugin and client
 * share (docs/PROTOCOL.md).
 */
@org.jspecify.annotations.NullMarked
package org.cldcb.link;
