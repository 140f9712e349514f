package org.cldcb.server.session;

import io.netty.channel.Channel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.cldcb.wire.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An answer of one message, that somebody else makes. */
final class SingleAnswer implements Answer {
  private static final Logger LOG = LoggerFactory.getLogger(SingleAnswer.class);

  private final CompletableFuture<Message> message;
  private final long heldBytes;

  SingleAnswer(CompletableFuture<Message> message, long heldBytes) {
    this.message = message;
    this.heldBytes = heldBytes;
  }

  @Override
  public boolean advance(Channel channel) {
    if (!message.isDone()) {
      return false;
    }
    channel.write(outcome(channel));
    return true;
  }

  private Message outcome(Channel channel) {
    try {
      return message.join();
    } catch (CompletionException e) {
      LOG.error("{}: a request failed", channel.remoteAddress(), e.getCause());
      return Errors.serverFailed(e);
    }
  }

  @Override
  public long heldBytes() {
    return heldBytes;
  }
}
