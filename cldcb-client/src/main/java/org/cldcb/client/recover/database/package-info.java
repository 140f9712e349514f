/** Makes a database of a chain: writes the base, replays the records, checks the result. */
@org.jspecify.annotations.NullMarked
package org.cldcb.client.recover.database;
