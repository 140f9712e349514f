package org.cldcb.e2e.rig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A bad network in front of a server. Each connection meets the next fault that was asked for, or
 * none. It knows no keys: it sees bytes and their direction. Thread-safe.
 */
public final class FaultProxy implements AutoCloseable {
  private static final int BACKLOG = 50;
  private static final int BUFFER = 1 << 16;

  private final ServerSocket listener;
  private final int serverPort;
  private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
  private final List<FaultyConnection> connections = new CopyOnWriteArrayList<>();
  private final AtomicInteger accepted = new AtomicInteger();
  private final AtomicLong toServer = new AtomicLong();

  /**
   * Listens on loopback.
   *
   * @param serverPort where the server is, whenever a connection comes
   */
  public FaultProxy(int serverPort) {
    this.serverPort = serverPort;
    try {
      listener = new ServerSocket();
      // Little fits in between, so that a stalled connection soon takes nothing more.
      listener.setReceiveBufferSize(BUFFER);
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    daemon("fault proxy", this::accept);
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** How many connections have come. */
  public int accepted() {
    return accepted.get();
  }

  /** Bytes that clients have sent. */
  public long bytesToServer() {
    return toServer.get();
  }

  /** What the next connections will meet, in their order. */
  public void next(Fault... wanted) {
    faults.addAll(List.of(wanted));
  }

  /** Resets all connections there are, on both sides. */
  public void resetAll() {
    connections.forEach(FaultyConnection::reset);
  }

  /** All connections there are stay open and carry nothing any more. */
  public void stallAll() {
    connections.forEach(FaultyConnection::stall);
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      resetAll();
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        accepted.incrementAndGet();
        Fault fault = faults.poll();
        FaultyConnection connection =
            new FaultyConnection(
                client, serverPort, fault == null ? Fault.none() : fault, toServer);
        connections.add(connection);
        connection.start();
      } catch (IOException e) {
        // Closed, or the client or the server has gone again: there is nothing to forward.
        continue;
      }
    }
  }

  static void daemon(String name, Runnable body) {
    Thread thread = new Thread(body, name);
    thread.setDaemon(true);
    thread.start();
  }
}
