package org.cldcb.client.recover.read;

import java.io.IOException;
import org.cldcb.wire.Message;

/** The messages of a session, in which hello is done: a server's, or in tests a script. */
public interface Link extends Replies, AutoCloseable {
  void send(Message message) throws IOException;

  /** Ends the session; from any thread, and a {@link #receive} that waits fails. */
  @Override
  void close();
}
