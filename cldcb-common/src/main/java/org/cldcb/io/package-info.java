/** Files and streams: bytes that wait, small ones in memory, large ones on disk. */
@org.jspecify.annotations.NullMarked
package org.cldcb.io;
