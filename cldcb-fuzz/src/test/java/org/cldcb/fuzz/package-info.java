/**
 * Fuzzing of everything that reads bytes from outside. A {@link org.cldcb.fuzz.Target} takes any
 * bytes at all; it either refuses them with the exception that its documentation names, or what it
 * read re-encodes to the same bytes. Nor does it allocate much more than it was given.
 *
 * <p>Each target has a folder of inputs in {@code src/test/resources/fuzz}, named by their SHA-1:
 * {@code ReplayTest} goes through them in every build, and {@code Fuzz} searches on from them. A
 * search leaves an input that breaks a target in that folder, so that the next build fails by it,
 * and what merely reached new code in {@code target/fuzz}; Jazzer's {@code -merge=1} takes over
 * from there what adds coverage.
 */
package org.cldcb.fuzz;
