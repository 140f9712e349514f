package org.cldcb.server.session;

import io.netty.channel.Channel;

/** The answer to one request, in the making. Lives on the event loop. */
interface Answer {
  /**
   * Writes what is there and finds room, without flushing; called again after every wake-up.
   *
   * @return whether that was all of it
   */
  boolean advance(Channel channel);

  /** Bytes of the request that stay in memory until it is answered. */
  long heldBytes();
}
