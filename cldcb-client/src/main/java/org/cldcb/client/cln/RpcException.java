package org.cldcb.client.cln;

import java.io.IOException;

/** lightningd answered with an error. */
public final class RpcException extends IOException {
  private static final long serialVersionUID = 1;

  private final int code;

  RpcException(String method, int code, String message) {
    super("lightningd refused " + method + ": " + message);
    this.code = code;
  }

  /** CLN's number of the error. */
  public int code() {
    return code;
  }
}
