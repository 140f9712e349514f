package org.cldcb.transport;

/**
 * A message doesn't authenticate: it was altered, lost, repeated or reordered on its way. The
 * channel is of no use from then on: close the connection.
 */
public final class TransportException extends Exception {

  private static final long serialVersionUID = 1;

  TransportException(Throwable cause) {
    super("a message from the peer doesn't authenticate", cause);
  }
}
