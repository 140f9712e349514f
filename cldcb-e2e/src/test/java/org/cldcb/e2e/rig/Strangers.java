package org.cldcb.e2e.rig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.LockSupport;
import org.cldcb.contact.Contact;
import org.cldcb.crypto.PrivateKey;
import org.cldcb.transport.Handshake;
import org.cldcb.transport.HandshakeException;

/**
 * A flood of connections that come to nothing: some send no byte, some stop within the handshake,
 * some complete it and never say hello. They are held open for as long as the server does; for each
 * that it closes another one comes, until this is closed.
 */
public final class Strangers implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final long BETWEEN_NANOS = 2_000_000;

  private final Contact server;
  private final int held;
  private final SecureRandom random = new SecureRandom();
  private final Deque<SocketChannel> open = new ArrayDeque<>();
  private final Thread thread = new Thread(this::flood, "strangers");
  private volatile int opened;
  private volatile boolean closing;

  private Strangers(Contact server, int held) {
    this.server = server;
    this.held = held;
  }

  /**
   * Begins, and waits until so many have connected.
   *
   * @param held how many are open at a time, on this side
   */
  public static Strangers at(String contact, int held) {
    Strangers strangers = new Strangers(Contact.parse(contact), held);
    strangers.thread.start();
    Waiting.until(() -> strangers.opened >= held, LIMIT, () -> strangers.opened + " strangers");
    return strangers;
  }

  /** How many connections there were in all. */
  public int opened() {
    return opened;
  }

  private void flood() {
    while (!closing) {
      if (open.size() == held) {
        LockSupport.parkNanos(BETWEEN_NANOS);
        keepIfOpen(open.remove());
      } else {
        connect(opened % 3);
        opened++;
      }
    }
    open.forEach(Strangers::close);
  }

  private void keepIfOpen(SocketChannel channel) {
    try {
      if (channel.read(ByteBuffer.allocate(Handshake.ACT_TWO_BYTES)) >= 0) {
        open.add(channel);
        return;
      }
    } catch (IOException e) {
      // A reset is an end too.
    }
    close(channel);
  }

  private void connect(int steps) {
    try {
      SocketChannel channel =
          SocketChannel.open(new InetSocketAddress(server.host(), server.port()));
      open.add(channel);
      begin(channel, steps);
      channel.configureBlocking(false);
    } catch (IOException | HandshakeException e) {
      // The server closed it in the middle: it is found closed when it is looked at.
    }
  }

  private void begin(SocketChannel channel, int steps) throws IOException, HandshakeException {
    if (steps == 0) {
      return;
    }
    try (PrivateKey own = PrivateKey.generate(random);
        PrivateKey ephemeral = PrivateKey.generate(random);
        Handshake handshake =
            Handshake.initiator(Handshake.PROLOGUE, own, server.serverKey(), ephemeral)) {
      channel.write(ByteBuffer.wrap(handshake.start()));
      if (steps > 1) {
        byte[] actTwo = channel.socket().getInputStream().readNBytes(Handshake.ACT_TWO_BYTES);
        channel.write(ByteBuffer.wrap(handshake.read(actTwo)));
        handshake.transport().close();
      }
    }
  }

  private static void close(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    closing = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
