/**
 * Plays {@code lightningd} against the real executables: its process, pipes, RPC socket, and
 * database, with recorded traffic. {@link org.cldcb.e2e.rig.FakeLightningd} is the node, {@link
 * org.cldcb.e2e.rig.RigProcess} one in a JVM of its own, {@link org.cldcb.e2e.rig.Executables} the
 * product.
 *
 * <p>What it imitates was read from Core Lightning v26.06.6: lightningd/plugin.c, plugin_hook.c,
 * plugin_control.c, db/exec.c, db/db_sqlite3.c.
 */
@org.jspecify.annotations.NullMarked
package org.cldcb.e2e.rig;
