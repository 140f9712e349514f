/** The node's key in another process: one that stands in for {@code lightning_hsmd}. */
@org.jspecify.annotations.NullMarked
package org.cldcb.client.hsmd;
