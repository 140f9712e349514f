/**
 * Where backups are kept: an interface that every storage engine fulfils, and the one on SQLite.
 * Its one commit primitive is expected head → new head (docs/PROTOCOL.md §4).
 */
@org.jspecify.annotations.NullMarked
package org.cldcb.server.store;
