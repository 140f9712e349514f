/**
 * The messages between plugin or client and server, one small type each, that knows its number and
 * how to write and read itself (docs/PROTOCOL.md §2).
 */
@org.jspecify.annotations.NullMarked
package org.cldcb.wire;
