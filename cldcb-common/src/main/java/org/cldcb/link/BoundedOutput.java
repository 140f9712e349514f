package org.cldcb.link;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Writes to a socket, and closes it when a write is stuck: a socket bounds only its reads, and a
 * peer that is gone or asleep would keep a long message waiting for many minutes.
 */
final class BoundedOutput extends OutputStream {
  private static final ScheduledThreadPoolExecutor WATCH = watch();

  private final Socket socket;
  private final OutputStream out;
  private final int timeoutMillis;
  private volatile boolean stuck;

  /**
   * Takes no ownership of the socket.
   *
   * @param timeoutMillis for each write; 0 waits for ever
   */
  BoundedOutput(Socket socket, int timeoutMillis) throws IOException {
    this.socket = socket;
    this.out = socket.getOutputStream();
    this.timeoutMillis = timeoutMillis;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (timeoutMillis == 0) {
      out.write(bytes, offset, length);
      return;
    }
    Future<?> end = WATCH.schedule(this::giveUp, timeoutMillis, TimeUnit.MILLISECONDS);
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      if (stuck) {
        throw new SocketTimeoutException("Write timed out");
      }
      throw e;
    } finally {
      end.cancel(false);
    }
  }

  private void giveUp() {
    stuck = true;
    try {
      socket.close();
    } catch (IOException e) {
      // The write fails either way.
      return;
    }
  }

  private static ScheduledThreadPoolExecutor watch() {
    ScheduledThreadPoolExecutor watch =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread thread = new Thread(work, "write watch");
              thread.setDaemon(true);
              return thread;
            });
    watch.setRemoveOnCancelPolicy(true);
    return watch;
  }
}
