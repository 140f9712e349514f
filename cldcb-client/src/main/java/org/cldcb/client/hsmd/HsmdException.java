package org.cldcb.client.hsmd;

import java.io.IOException;

/** An hsmd that didn't do what it should; the message says all of it in one line. */
final class HsmdException extends IOException {
  private static final long serialVersionUID = 1;

  HsmdException(String message) {
    super(message);
  }

  HsmdException(String message, Throwable cause) {
    super(message, cause);
  }
}
