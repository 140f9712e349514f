package org.cldcb.client.recover;

import java.io.IOException;
import java.security.SecureRandom;
import org.cldcb.client.cli.Messages;
import org.cldcb.link.Access;
import org.cldcb.link.ConnectionLostException;
import org.cldcb.link.ServerErrorException;
import org.cldcb.link.Session;
import org.cldcb.wire.ErrorCode;
import org.cldcb.wire.Mode;

/** A real server. One that doesn't know the node is, on recovery, most likely the wrong one. */
record SessionServer(Access access, SecureRandom random) implements Backup.Server {
  private static final int TIMEOUT_MILLIS = 60_000;

  @Override
  public Backup open() throws ConnectionLostException {
    try {
      return new SessionBackup(Session.open(access, Mode.READ, 0, random, TIMEOUT_MILLIS));
    } catch (ServerErrorException e) {
      throw e.code() == ErrorCode.NOT_ALLOWED
          ? RecoverMessages.unknownNode(access.identity().nodeId())
          : Messages.serverRefused(access.server(), e);
    } catch (IOException e) {
      throw new ConnectionLostException(Messages.reason(e), e);
    }
  }
}
