/**
 * lightningd's side: JSON-RPC 2.0 over stdin and stdout (CLN's {@code
 * doc/developers-guide/plugin-development}). The SQL of a db_write is packed and compressed as it
 * is read, and never held as a whole.
 */
@org.jspecify.annotations.NullMarked
package org.cldcb.plugin.rpc;
