/**
 * The server's side: what becomes of a db_write. {@link org.cldcb.plugin.backup.Backup} decides,
 * appends and makes bases; it waits for whatever may mend itself, and halts only on proof.
 */
@org.jspecify.annotations.NullMarked
package org.cldcb.plugin.backup;
