/** The way to the backup server. */
@org.jspecify.annotations.NullMarked
package org.cldcb.client.server;
