/**
 * What the server says: from the hello on, one session of docs/PROTOCOL.md §3 to §5 for each
 * connection.
 */
@org.jspecify.annotations.NullMarked
package org.cldcb.server.session;
