/** cldcb-plugin: a child of lightningd that answers db_write once the write is safe elsewhere. */
@org.jspecify.annotations.NullMarked
package org.cldcb.plugin;
