package org.cldcb.client.recover;

import java.io.IOException;
import org.cldcb.chain.Claim;
import org.cldcb.chain.Head;
import org.cldcb.client.recover.read.Link;
import org.cldcb.wire.Status;
import org.cldcb.wire.Welcome;

/** A session with the server that keeps a node's backup, or in tests a script. */
interface Backup extends Link {
  Welcome welcome();

  Status status() throws IOException;

  /** Lets nobody else commit for a moment. */
  void hold() throws IOException;

  /** Claims at exactly this head. */
  void claim(Claim claim, Head expected) throws IOException;

  /** Opens sessions. */
  @FunctionalInterface
  interface Server {
    /**
     * Opens one.
     *
     * @throws org.cldcb.link.ConnectionLostException if the server can't be reached
     */
    Backup open() throws IOException;
  }
}
