package org.cldcb.server.session;

import java.io.IOException;

/** What a client sends is larger than the server takes. */
final class OverLimitException extends IOException {
  private static final long serialVersionUID = 1;

  OverLimitException(String message) {
    super(message);
  }
}
