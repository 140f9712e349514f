/** Reads a chain from a server and lets nothing through that isn't proven (docs/FORMAT.md §12). */
@org.jspecify.annotations.NullMarked
package org.cldcb.client.recover.read;
