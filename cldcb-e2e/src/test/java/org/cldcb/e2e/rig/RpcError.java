package org.cldcb.e2e.rig;

/** lightningd refuses an RPC command. */
public final class RpcError extends Exception {
  private static final long serialVersionUID = 1;

  static final int INVALID_PARAMS = -32602;
  static final int UNKNOWN_COMMAND = -32601;
  static final int PLUGIN_FAILED = -3;

  private final int code;

  RpcError(int code, String message) {
    super(message);
    this.code = code;
  }

  public int code() {
    return code;
  }
}
