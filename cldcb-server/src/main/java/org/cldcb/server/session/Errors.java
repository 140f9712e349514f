package org.cldcb.server.session;

import java.util.concurrent.CompletionException;
import org.cldcb.server.store.StoreException;
import org.cldcb.wire.ErrorCode;
import org.cldcb.wire.ErrorMessage;
import org.cldcb.wire.Hello;
import org.cldcb.wire.Message;
import org.cldcb.wire.Superseded;
import org.jspecify.annotations.Nullable;

/** The last words of a connection, in the sentences that the operator of the node reads. */
public final class Errors {
  private Errors() {}

  public static ErrorMessage badMessage(@Nullable String why) {
    return new ErrorMessage(ErrorCode.BAD_MESSAGE, "bad message: " + why);
  }

  public static ErrorMessage unsupportedVersion() {
    return new ErrorMessage(
        ErrorCode.UNSUPPORTED_VERSION,
        "unsupported protocol version: this server speaks version " + Hello.VERSION);
  }

  static ErrorMessage notAllowed() {
    return new ErrorMessage(
        ErrorCode.NOT_ALLOWED, "node not allowed: ask the server's operator to allow its node id");
  }

  static ErrorMessage badDelegation() {
    return new ErrorMessage(
        ErrorCode.BAD_DELEGATION, "delegation not valid: it is not this node's for this key");
  }

  static ErrorMessage newerWriter() {
    return new ErrorMessage(ErrorCode.NEWER_WRITER, "a newer session of this node writes now");
  }

  static ErrorMessage overLimit(@Nullable String what) {
    return new ErrorMessage(ErrorCode.OVER_LIMIT, "over a limit: " + what);
  }

  public static ErrorMessage serverFailed() {
    return new ErrorMessage(ErrorCode.SERVER_FAILED, "the server failed: its log says why");
  }

  /** The same, with its reason where the server's operator is to be told of it. */
  static ErrorMessage serverFailed(@Nullable Throwable why) {
    Throwable cause = why instanceof CompletionException ? why.getCause() : why;
    return cause instanceof StoreException store && store.isFull()
        ? new ErrorMessage(ErrorCode.SERVER_FAILED, "the server failed: its disk is full")
        : serverFailed();
  }

  public static ErrorMessage shuttingDown() {
    return new ErrorMessage(ErrorCode.SHUTTING_DOWN, "the server shuts down: come again");
  }

  /** What a message that is an end says, for the log. */
  static String reason(Message last) {
    if (last instanceof ErrorMessage error) {
      return error.text();
    }
    return last instanceof Superseded superseded
        ? "superseded by claim " + superseded.claim().number()
        : "message type " + last.type();
  }
}
