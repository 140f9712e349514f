/**
 * {@code ./dev bench}: figures taken in one run on the real executables; ratios, since machines
 * differ.
 */
package org.cldcb.e2e.bench;
