package org.cldcb.e2e.rig;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.LockSupport;
import org.cldcb.contact.Contact;
import org.cldcb.crypto.PrivateKey;
import org.cldcb.transport.Handshake;
import org.cldcb.transport.HandshakeException;

/**
 * A flood of connections that come to nothing: some send no byte, some stop within the handshake,
 * some complete it and never say hello. So many are held open, and what the server closes comes
 * again at once, until this is closed.
 */
public final class Strangers implements AutoCloseable {
  private static final long BETWEEN_NANOS = 3_000_000;

  private final Contact server;
  private final int held;
  private final SecureRandom random = new SecureRandom();
  private final Deque<Socket> sockets = new ArrayDeque<>();
  private final Thread thread = new Thread(this::flood, "strangers");
  private volatile int opened;
  private volatile boolean closing;

  private Strangers(Contact server, int held) {
    this.server = server;
    this.held = held;
  }

  /**
   * Begins, and waits until all have connected once.
   *
   * @param held how many are open at a time, on this side
   */
  public static Strangers at(String contact, int held) {
    Strangers strangers = new Strangers(Contact.parse(contact), held);
    strangers.thread.start();
    Waiting.until(
        () -> strangers.opened >= held,
        java.time.Duration.ofSeconds(60),
        () -> "the strangers: " + strangers.opened);
    return strangers;
  }

  /** How many connections there were in all. */
  public int opened() {
    return opened;
  }

  private void flood() {
    while (!closing) {
      try {
        if (sockets.size() == held) {
          sockets.remove().close();
        }
        Socket socket = new Socket(server.host(), server.port());
        sockets.add(socket);
        begin(socket, opened % 3);
      } catch (IOException | HandshakeException e) {
        // The server closed it meanwhile, as it may.
      }
      opened++;
      if (opened > held) {
        LockSupport.parkNanos(BETWEEN_NANOS);
      }
    }
  }

  private void begin(Socket socket, int steps) throws IOException, HandshakeException {
    if (steps == 0) {
      return;
    }
    try (PrivateKey own = PrivateKey.generate(random);
        PrivateKey ephemeral = PrivateKey.generate(random);
        Handshake handshake =
            Handshake.initiator(Handshake.PROLOGUE, own, server.serverKey(), ephemeral)) {
      socket.getOutputStream().write(handshake.start());
      if (steps > 1) {
        byte[] actTwo = new byte[Handshake.ACT_TWO_BYTES];
        new DataInputStream(socket.getInputStream()).readFully(actTwo);
        socket.getOutputStream().write(handshake.read(actTwo));
        handshake.transport().close();
      }
    }
  }

  @Override
  public void close() {
    closing = true;
    try {
      thread.join();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
