package org.cldcb.server.net;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.timeout.IdleStateEvent;
import java.io.IOException;
import org.cldcb.server.session.Errors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What no other handler took: failures, and silence. */
final class LastResortHandler extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(LastResortHandler.class);

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof IdleStateEvent) {
      LOG.info("{} closed: silent for too long", ctx.channel().remoteAddress());
      ctx.close();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof IOException) {
      LOG.debug("{}: connection lost", ctx.channel().remoteAddress(), cause);
      ctx.close();
    } else {
      LOG.error("{}: a handler failed", ctx.channel().remoteAddress(), cause);
      ctx.channel().writeAndFlush(Errors.serverFailed());
    }
  }
}
