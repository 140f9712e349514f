package org.cldcb.client.recover.read;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.cldcb.client.recover.pipe.Failed;
import org.cldcb.wire.End;
import org.cldcb.wire.Message;
import org.jspecify.annotations.Nullable;

/**
 * Receives, on a thread of its own, what a server streams up to its {@link End}, while what came
 * before is opened. Nobody else may use the link until this is closed. Not thread-safe.
 */
final class ReadAhead implements Replies, AutoCloseable {
  /** Of at most 64 KiB each. */
  private static final int MESSAGES = 128;

  private final Link link;
  private final BlockingQueue<Reply> replies = new ArrayBlockingQueue<>(MESSAGES);
  private final Thread thread = new Thread(this::run, "cldcb-fetch");
  private boolean over;

  /** Starts; the request was sent. */
  ReadAhead(Link link) {
    this.link = link;
    thread.setDaemon(true);
    thread.start();
  }

  /** What {@link Link#receive} gave, or how it failed. */
  private record Reply(@Nullable Message message, @Nullable Failed failed) {
    boolean isLast() {
      return failed != null || message instanceof End;
    }

    Message get() throws IOException {
      if (message != null) {
        return message;
      }
      if (failed != null) {
        throw failed.rethrow();
      }
      throw new IllegalStateException("nothing was received");
    }
  }

  @Override
  public Message receive() throws IOException {
    if (over) {
      throw new IllegalStateException("read to the end");
    }
    try {
      Reply reply = replies.take();
      over = reply.isLast();
      return reply.get();
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  /** Ends the thread. Before the end of the stream that takes the link with it. */
  @Override
  public void close() throws InterruptedIOException {
    if (!over) {
      link.close();
      thread.interrupt();
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private void run() {
    try {
      Reply reply;
      do {
        reply = next();
        replies.put(reply);
      } while (!reply.isLast());
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private Reply next() {
    try {
      return new Reply(link.receive(), null);
    } catch (IOException | RuntimeException | Error e) {
      return new Reply(null, new Failed(e));
    }
  }

  private static InterruptedIOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("interrupted while waiting for the server");
  }
}
