package org.cldcb.plugin.backup;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import org.cldcb.contact.Contact;
import org.cldcb.contact.HostPort;
import org.cldcb.contact.Wrapper;
import org.cldcb.link.RefusedException;
import org.cldcb.link.ServerErrorException;
import org.cldcb.wire.RefusalCode;

/** Why a write must wait, as a line that tells the operator what to do. */
final class Reasons {
  private Reasons() {}

  static String of(IOException e, Wrapper wrapper) {
    if (e instanceof ServerErrorException error) {
      return of(error, wrapper);
    }
    if (e instanceof RefusedException refused && refused.code() == RefusalCode.OVER_QUOTA) {
      return e.getMessage()
          + "; to give it more, run there: cldcb-server allow "
          + wrapper.nodeId()
          + " --quota SIZE";
    }
    Contact server = wrapper.server();
    if (e instanceof ConnectException
        || e instanceof NoRouteToHostException
        || e instanceof SocketTimeoutException
        || e instanceof UnknownHostException) {
      return "the server at "
          + new HostPort(server.host(), server.port())
          + " can't be reached: "
          + e.getMessage();
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private static String of(ServerErrorException e, Wrapper wrapper) {
    return switch (e.code()) {
      case NOT_ALLOWED ->
          "the server doesn't allow this node; run there: cldcb-server allow " + wrapper.nodeId();
      case UNCLAIMED, NOT_CLAIMANT ->
          "this installation isn't known to the server as the writer (did it lose its store?); run"
              + " cldcb-client install here";
      default -> String.valueOf(e.getMessage());
    };
  }
}
