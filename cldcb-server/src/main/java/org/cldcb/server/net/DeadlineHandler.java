package org.cldcb.server.net;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.cldcb.server.session.SessionEvent;
import org.cldcb.server.session.StrangerLog;
import org.jspecify.annotations.Nullable;

/** Closes a connection that takes too long to shake hands and say hello. */
final class DeadlineHandler extends ChannelInboundHandlerAdapter {
  private static final StrangerLog LOG = StrangerLog.of(DeadlineHandler.class);

  private final long millis;
  private @Nullable Future<?> deadline;

  DeadlineHandler(long millis) {
    this.millis = millis;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    deadline = ctx.executor().schedule(() -> close(ctx), millis, TimeUnit.MILLISECONDS);
    ctx.fireChannelActive();
  }

  private static void close(ChannelHandlerContext ctx) {
    LOG.say(ctx.channel().remoteAddress(), "refused: no hello in time");
    ctx.close();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    ctx.fireUserEventTriggered(event);
    if (event == SessionEvent.HELLO_CAME) {
      ctx.pipeline().remove(this);
    }
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    if (deadline != null) {
      deadline.cancel(false);
    }
  }
}
