/** cldcb-server: keeps the encrypted backups of the nodes on its allow-list. */
@org.jspecify.annotations.NullMarked
package org.cldcb.server;
