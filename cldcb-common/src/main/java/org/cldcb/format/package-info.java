/**
 * What a backup consists of at rest: envelope, record, chunk, manifest, and the packing,
 * compression and padding inside (docs/FORMAT.md, which this code mirrors section by section).
 */
@org.jspecify.annotations.NullMarked
package org.cldcb.format;
