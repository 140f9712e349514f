/**
 * The primitives that every byte layout of cldcb is made of: big-endian integers, fixed and
 * length-prefixed bytes, strict to the last byte (docs/FORMAT.md §1).
 */
@org.jspecify.annotations.NullMarked
package org.cldcb.codec;
