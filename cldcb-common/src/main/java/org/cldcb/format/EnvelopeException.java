package org.cldcb.format;

import java.io.IOException;

/** An envelope that does not open: altered, moved, or sealed by or for somebody else. */
public final class EnvelopeException extends IOException {
  private static final long serialVersionUID = 1;

  public EnvelopeException(String message) {
    super(message);
  }
}
