package org.cldcb.link;

import java.io.IOException;
import org.cldcb.wire.ErrorCode;

/** The server ended the connection and said why. */
public final class ServerErrorException extends IOException {
  private static final long serialVersionUID = 1;

  private final ErrorCode code;

  public ServerErrorException(ErrorCode code, String text) {
    super("the server says: " + text);
    this.code = code;
  }

  public ErrorCode code() {
    return code;
  }
}
