package org.cldcb.e2e.rig;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.cldcb.e2e.rig.Fault.Action;
import org.jspecify.annotations.Nullable;

/** One connection through a {@link FaultProxy}: a thread for each direction. */
final class FaultyConnection {
  private static final int BUFFER = 1 << 16;
  private static final int DRIP_MILLIS = 1;

  private final Socket client;
  private final Socket server;
  private final Fault fault;
  private final AtomicLong toServer;
  private final @Nullable Socket twin;
  private final CountDownLatch directions = new CountDownLatch(2);
  private volatile boolean stalled;
  private boolean serversTurn;
  private int turn;
  private int turnBytes;

  /**
   * Connects to the server.
   *
   * @param toServer counts the bytes that come for it
   */
  FaultyConnection(Socket client, int serverPort, Fault fault, AtomicLong toServer)
      throws IOException {
    this.toServer = toServer;
    this.client = client;
    this.fault = fault;
    try {
      server = connect(serverPort);
      twin = fault.action() == Action.TWICE ? connect(serverPort) : null;
      client.setTcpNoDelay(true);
    } catch (IOException e) {
      abort(client);
      throw e;
    }
  }

  private static Socket connect(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    return socket;
  }

  void start() {
    FaultProxy.daemon("client to server", () -> carry(client, server, false));
    FaultProxy.daemon("server to client", () -> carry(server, client, true));
  }

  void reset() {
    abort(client);
    abort(server);
  }

  void stall() {
    stalled = true;
  }

  private void carry(Socket from, Socket to, boolean fromServer) {
    byte[] buffer = new byte[BUFFER];
    try {
      InputStream in = from.getInputStream();
      for (int length = in.read(buffer); length > 0; length = in.read(buffer)) {
        awaitUnstalled(from);
        if (!fromServer) {
          toServer.addAndGet(length);
        }
        int sound = sound(length, fromServer);
        forward(buffer, sound, to, fromServer);
        if (fault.isHit() && !happen(buffer, sound, length, fromServer)) {
          break;
        }
      }
      if (!fault.isHolding() && !to.isOutputShutdown()) {
        to.shutdownOutput();
      }
    } catch (IOException e) {
      if (!fault.isHolding()) {
        reset();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      directions.countDown();
      if (directions.getCount() == 0) {
        end();
      }
    }
  }

  private void end() {
    reset();
    if (twin != null) {
      abort(twin);
    }
    fault.over();
  }

  /** Counts, and tells how many of these bytes come before the fault. */
  private synchronized int sound(int length, boolean fromServer) {
    if (fromServer != serversTurn) {
      serversTurn = fromServer;
      turn++;
      turnBytes = 0;
    }
    int before = turnBytes;
    turnBytes += length;
    if (fault.isHit()) {
      return endsHere() ? 0 : length;
    }
    if (turn < fault.turn() || turn == fault.turn() && turnBytes < Math.max(1, fault.bytes())) {
      return length;
    }
    fault.hit();
    return endsHere() ? Math.max(0, fault.bytes() - before) : length;
  }

  private boolean endsHere() {
    return switch (fault.action()) {
      case RESET, CLOSE, STALL, HOLD, HANG_UP -> true;
      default -> false;
    };
  }

  /** Returns whether the connection goes on. */
  private boolean happen(byte[] buffer, int sound, int length, boolean fromServer)
      throws IOException, InterruptedException {
    switch (fault.action()) {
      case RESET -> reset();
      case CLOSE -> {
        client.shutdownOutput();
        server.shutdownOutput();
      }
      case STALL -> {
        stall();
        awaitUnstalled(fromServer ? server : client);
      }
      case HOLD, HANG_UP -> {
        if (!fromServer) {
          hold(buffer, sound, length);
        }
      }
      default -> {
        return true;
      }
    }
    return false;
  }

  /** Takes all that the client still sends; forwards it when it is let go. */
  private void hold(byte[] buffer, int sound, int length) throws IOException, InterruptedException {
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    kept.write(buffer, sound, length - sound);
    if (fault.action() == Action.HANG_UP) {
      client.shutdownOutput();
    }
    client.getInputStream().transferTo(kept);
    fault.awaitLetGo();
    server.getOutputStream().write(kept.toByteArray());
  }

  private void forward(byte[] buffer, int length, Socket to, boolean fromServer)
      throws IOException, InterruptedException {
    OutputStream out = to.getOutputStream();
    boolean byteByByte =
        fault.isHit() && (fault.action() == Action.DRIP || fault.action() == Action.SPLIT);
    if (!byteByByte) {
      out.write(buffer, 0, length);
    }
    for (int at = 0; byteByByte && at < length; at++) {
      out.write(buffer, at, 1);
      if (fault.action() == Action.DRIP) {
        Thread.sleep(DRIP_MILLIS);
      }
    }
    if (twin != null && !fromServer) {
      repeat(twin, buffer, length);
    }
  }

  /** Whether the server takes it is its business. */
  private static void repeat(Socket twin, byte[] buffer, int length) {
    try {
      twin.getOutputStream().write(buffer, 0, length);
    } catch (IOException e) {
      abort(twin);
    }
  }

  /** Waits for the end of this socket by one of us, while it is stalled. */
  private void awaitUnstalled(Socket from) throws InterruptedException {
    while (stalled && !from.isClosed()) {
      Thread.sleep(5);
    }
  }

  private static void abort(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      // Closed already.
      return;
    }
  }
}
