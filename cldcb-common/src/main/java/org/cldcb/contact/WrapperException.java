package org.cldcb.contact;

import java.io.IOException;

/**
 * A wrapper that can't be used; the message says why and what to do, without what the file holds.
 */
public final class WrapperException extends IOException {
  private static final long serialVersionUID = 1;

  public WrapperException(String message) {
    super(message);
  }
}
