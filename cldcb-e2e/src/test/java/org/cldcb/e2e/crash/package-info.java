/**
 * Processes that are killed at a named step, or at any moment, and the history that says what must
 * have survived.
 */
@NullMarked
package org.cldcb.e2e.crash;

import org.jspecify.annotations.NullMarked;
