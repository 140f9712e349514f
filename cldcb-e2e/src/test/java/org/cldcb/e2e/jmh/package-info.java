/**
 * {@code ./dev jmh}: what the hot primitives take, each alone, in a JVM of its own. It says where
 * the time of a hook may have gone; what counts is {@link org.cldcb.e2e.bench.Bench}.
 */
package org.cldcb.e2e.jmh;
