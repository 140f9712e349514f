package org.cldcb.client.server;

import java.io.IOException;
import java.security.SecureRandom;
import org.cldcb.client.cli.Messages;
import org.cldcb.link.Access;
import org.cldcb.link.ServerErrorException;
import org.cldcb.link.Session;
import org.cldcb.link.SupersededException;
import org.cldcb.wire.ErrorCode;
import org.cldcb.wire.Mode;

/** Opens sessions, and says in the operator's words why one can't be opened. */
public final class ServerLink {
  private static final int TIMEOUT_MILLIS = 20_000;

  private final SecureRandom random;
  private final String label;

  /**
   * A way to servers.
   *
   * @param label how the server's operator may want to call the node
   */
  public ServerLink(SecureRandom random, String label) {
    this.random = random;
    this.label = label;
  }

  /**
   * Connects and says hello.
   *
   * @throws SupersededException if the server says that this delegate is superseded
   */
  public Session open(Access access, Mode mode) throws SupersededException {
    try {
      return Session.open(access, mode, 0, random, TIMEOUT_MILLIS);
    } catch (SupersededException e) {
      throw e;
    } catch (ServerErrorException e) {
      throw e.code() == ErrorCode.NOT_ALLOWED
          ? Messages.notAllowed(access.server(), access.identity().nodeId(), label)
          : Messages.serverRefused(access.server(), e);
    } catch (IOException e) {
      throw Messages.unreachable(access.server(), e);
    }
  }
}
