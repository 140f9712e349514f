package org.cldcb.link;

import java.io.IOException;

/** There is no connection to the server, or none any more: a new one may do. */
public final class ConnectionLostException extends IOException {
  private static final long serialVersionUID = 1;

  public ConnectionLostException(String message, IOException cause) {
    super(message, cause);
  }
}
