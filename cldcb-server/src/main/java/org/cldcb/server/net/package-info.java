/**
 * The network side: from the listening socket to messages. Each handler has one job; {@link
 * org.cldcb.server.net.ServerPipeline} puts them in order.
 */
@org.jspecify.annotations.NullMarked
package org.cldcb.server.net;
