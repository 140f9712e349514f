package org.cldcb.client.cln;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** Reads and writes that end by a deadline, which unix sockets of the JDK don't offer. */
final class TimedChannel implements AutoCloseable {
  private final SocketChannel channel;
  private final Selector selector;
  private final SelectionKey key;
  private final long deadlineNanos;

  TimedChannel(SocketChannel channel, Duration timeout) throws IOException {
    this.channel = channel;
    deadlineNanos = System.nanoTime() + timeout.toNanos();
    selector = Selector.open();
    channel.configureBlocking(false);
    key = channel.register(selector, 0);
  }

  void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      if (channel.write(bytes) == 0) {
        await(SelectionKey.OP_WRITE);
      }
    }
  }

  /** At least one byte, or -1 at the end. */
  int read(ByteBuffer into) throws IOException {
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
      throw new SocketTimeoutException("lightningd doesn't answer");
    }
    selector.selectedKeys().clear();
  }
}
