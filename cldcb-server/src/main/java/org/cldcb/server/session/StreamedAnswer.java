package org.cldcb.server.session;

import io.netty.channel.Channel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.cldcb.wire.Message;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An answer that is read while it is sent: no faster than the client takes it. */
final class StreamedAnswer implements Answer {
  private static final Logger LOG = LoggerFactory.getLogger(StreamedAnswer.class);

  private final Pieces pieces;
  private final Executor blocking;
  private final Runnable wakeUp;
  private @Nullable CompletableFuture<List<Message>> piece;

  /**
   * An answer of which nothing is read yet.
   *
   * @param wakeUp to be called, from any thread, when advancing makes sense again
   */
  StreamedAnswer(Pieces pieces, Executor blocking, Runnable wakeUp) {
    this.pieces = pieces;
    this.blocking = blocking;
    this.wakeUp = wakeUp;
  }

  @Override
  public boolean advance(Channel channel) {
    if (piece != null && piece.isDone()) {
      List<Message> messages = outcome(channel, piece);
      piece = null;
      messages.forEach(message -> channel.write(message));
      if (messages.isEmpty()) {
        return true;
      }
    }
    if (piece == null && channel.isWritable()) {
      CompletableFuture<List<Message>> next = CompletableFuture.supplyAsync(pieces::next, blocking);
      piece = next;
      next.whenComplete((messages, failure) -> wakeUp.run());
    }
    return false;
  }

  private static List<Message> outcome(Channel channel, CompletableFuture<List<Message>> piece) {
    try {
      return piece.join();
    } catch (CompletionException e) {
      LOG.error("{}: reading for an answer failed", channel.remoteAddress(), e.getCause());
      return List.of(Errors.serverFailed());
    }
  }

  @Override
  public long heldBytes() {
    return 0;
  }
}
