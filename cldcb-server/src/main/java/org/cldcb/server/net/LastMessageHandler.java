package org.cldcb.server.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import java.util.concurrent.TimeUnit;
import org.cldcb.server.session.SessionEvent;
import org.cldcb.wire.ErrorMessage;
import org.cldcb.wire.Superseded;

/**
 * Ends the connection after a message that is an end. Nothing is sent after it, and what still
 * comes in is thrown away until the client has closed: closing on unread bytes would reset the
 * connection, and the message might never be read.
 */
final class LastMessageHandler extends ChannelDuplexHandler {
  private static final long LINGER_SECONDS = 3;

  private boolean ended;

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    if (ended) {
      promise.cancel(false);
      return;
    }
    ended = message instanceof ErrorMessage || message instanceof Superseded;
    ctx.write(message, promise);
    if (ended) {
      end(ctx, promise);
    }
  }

  private static void end(ChannelHandlerContext ctx, ChannelPromise sent) {
    Channel channel = ctx.channel();
    sent.addListener(
        done -> {
          if (done.isSuccess() && channel instanceof DuplexChannel duplex) {
            duplex.shutdownOutput();
          } else {
            channel.close();
          }
        });
    ctx.executor().schedule(() -> channel.close(), LINGER_SECONDS, TimeUnit.SECONDS);
    ctx.fireUserEventTriggered(SessionEvent.ENDED);
    channel.config().setAutoRead(true);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (!ended) {
      ctx.fireChannelRead(message);
    }
  }
}
