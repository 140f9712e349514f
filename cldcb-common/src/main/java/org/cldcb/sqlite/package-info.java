/** lightningd's database file: its version, copies of it, checks on it. */
@org.jspecify.annotations.NullMarked
package org.cldcb.sqlite;
