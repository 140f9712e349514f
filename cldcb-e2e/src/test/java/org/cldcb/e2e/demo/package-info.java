/** What {@code ./dev demo} shows: a backup and a recovery, with the real executables. */
@org.jspecify.annotations.NullMarked
package org.cldcb.e2e.demo;
