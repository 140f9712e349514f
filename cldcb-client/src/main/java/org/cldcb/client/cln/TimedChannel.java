package org.cldcb.client.cln;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** Reads and writes that end by a deadline, which unix sockets of the JDK don't offer. */
public final class TimedChannel implements AutoCloseable {
  private final SocketChannel channel;
  private final Selector selector;
  private final SelectionKey key;
  private final long deadlineNanos;
  private final String peer;

  /**
   * Makes a channel non-blocking.
   *
   * @param peer who is at the other end, in the message of a time-out
   */
  public TimedChannel(SocketChannel channel, Duration timeout, String peer) throws IOException {
    this.channel = channel;
    this.peer = peer;
    deadlineNanos = System.nanoTime() + timeout.toNanos();
    selector = channel.provider().openSelector();
    channel.configureBlocking(false);
    key = channel.register(selector, 0);
  }

  public void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      if (channel.write(bytes) == 0) {
        await(SelectionKey.OP_WRITE);
      }
    }
  }

  /** At least one byte, or -1 at the end. */
  public int read(ByteBuffer into) throws IOException {
    int count = channel.read(into);
    while (count == 0) {
      await(SelectionKey.OP_READ);
      count = channel.read(into);
    }
    return count;
  }

  @Override
  public void close() throws IOException {
    selector.close();
  }

  private void await(int operation) throws IOException {
    long left = (deadlineNanos - System.nanoTime()) / 1_000_000;
    key.interestOps(operation);
    if (left <= 0 || selector.select(left) == 0) {
      throw new SocketTimeoutException(peer + " doesn't answer");
    }
    selector.selectedKeys().clear();
  }
}
