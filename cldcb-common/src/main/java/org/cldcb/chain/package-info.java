/**
 * The chain: heads and positions, digests, delegations and claims, and the rules by which a chain
 * is accepted (docs/FORMAT.md §4, §8, §9).
 */
@org.jspecify.annotations.NullMarked
package org.cldcb.chain;
