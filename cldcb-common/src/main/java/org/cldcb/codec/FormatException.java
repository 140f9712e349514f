package org.cldcb.codec;

import java.io.IOException;

/**
 * Bytes from outside that do not have the layout they should have; the message says which and why.
 */
public final class FormatException extends IOException {
  private static final long serialVersionUID = 1;

  public FormatException(String message) {
    super(message);
  }
}
