package org.cldcb.server.session;

/** What the handlers of a connection tell one another, beside messages. */
public enum SessionEvent {
  /** The first message is there. */
  HELLO_CAME,
  /** The client is welcome. */
  STARTED,
  /** The server stops: what was asked for is still answered, nothing new is taken. */
  SERVER_STOPS,
  /** The last message has been sent: nothing more will be. */
  ENDED
}
