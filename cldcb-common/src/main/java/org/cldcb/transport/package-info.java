/**
 * The encrypted, authenticated channel between a node and its backup server: {@code
 * Noise_XK_secp256k1_ChaChaPoly_SHA256} exactly as BOLT 8 (lightning/bolts, 08-transport.md)
 * specifies it, with a prologue of its own. Nothing here does I/O: a {@link
 * org.cldcb.transport.Handshake} and then a {@link org.cldcb.transport.Transport} turn byte arrays
 * into byte arrays, and whoever owns the connection carries them. Lengths are bounded and known
 * before anything is read.
 */
package org.cldcb.transport;
