/** A Core Lightning node on this machine, seen from outside: its files, its RPC, its key. */
@org.jspecify.annotations.NullMarked
package org.cldcb.client.cln;
