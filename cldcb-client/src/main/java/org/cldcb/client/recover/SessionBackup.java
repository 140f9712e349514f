package org.cldcb.client.recover;

import java.io.IOException;
import org.cldcb.chain.Claim;
import org.cldcb.chain.Head;
import org.cldcb.link.Session;
import org.cldcb.wire.Message;
import org.cldcb.wire.Status;
import org.cldcb.wire.Welcome;

/** A real server's backup. */
record SessionBackup(Session session) implements Backup {
  @Override
  public Welcome welcome() {
    return session.welcome();
  }

  @Override
  public void send(Message message) throws IOException {
    session.send(message);
  }

  @Override
  public Message receive() throws IOException {
    return session.receive();
  }

  @Override
  public Status status() throws IOException {
    return session.status();
  }

  @Override
  public void hold() throws IOException {
    session.hold();
  }

  @Override
  public void claim(Claim claim, Head expected) throws IOException {
    session.claim(claim, expected);
  }

  @Override
  public void close() {
    session.close();
  }
}
