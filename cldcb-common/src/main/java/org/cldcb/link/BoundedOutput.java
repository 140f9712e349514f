package org.cldcb.link;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;

/**
 * Writes to a socket, and closes it when a write is stuck: a socket bounds only its reads, and a
 * peer that is gone or asleep would keep a long message waiting for many minutes. Used by one
 * thread; {@link WriteWatch} looks at it from its own.
 */
final class BoundedOutput extends OutputStream {
  /** No write is under way; a time is made odd, so never this. */
  private static final long IDLE = 0;

  private final Socket socket;
  private final OutputStream out;
  private final long timeoutNanos;
  private volatile long sinceNanos = IDLE;
  private volatile boolean stuck;

  /**
   * Takes no ownership of the socket.
   *
   * @param timeoutMillis for each write, to {@link WriteWatch#EVERY_MILLIS}; 0 waits for ever
   */
  BoundedOutput(Socket socket, int timeoutMillis) throws IOException {
    this.socket = socket;
    this.out = socket.getOutputStream();
    this.timeoutNanos = timeoutMillis * 1_000_000L;
    if (timeoutMillis > 0) {
      WriteWatch.watch(this);
    }
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    sinceNanos = System.nanoTime() | 1;
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      if (stuck) {
        throw new SocketTimeoutException("Write timed out");
      }
      throw e;
    } finally {
      sinceNanos = IDLE;
    }
  }

  boolean isClosed() {
    return socket.isClosed();
  }

  /** Closes the socket if the write under way has taken too long. */
  void giveUpIfStuck() {
    long since = sinceNanos;
    if (since != IDLE && System.nanoTime() - since > timeoutNanos) {
      stuck = true;
      try {
        socket.close();
      } catch (IOException e) {
        // The write fails either way.
        return;
      }
    }
  }
}
