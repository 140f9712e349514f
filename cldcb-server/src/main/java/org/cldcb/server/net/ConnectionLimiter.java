package org.cldcb.server.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.cldcb.server.session.SessionEvent;
import org.cldcb.server.session.StrangerLog;

/** Closes a connection for each one too many, of all or of those not yet welcome. */
final class ConnectionLimiter extends ChannelInboundHandlerAdapter {
  private static final StrangerLog LOG = StrangerLog.of(ConnectionLimiter.class);

  private final Crowd crowd;

  ConnectionLimiter(Crowd crowd) {
    this.crowd = crowd;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    crowd.enter(ctx.channel()).ifPresent(ConnectionLimiter::close);
    ctx.fireChannelActive();
  }

  private static void close(Channel tooMany) {
    LOG.say(tooMany.remoteAddress(), "refused: too many connections");
    tooMany.close();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == SessionEvent.STARTED) {
      crowd.welcome(ctx.channel());
    }
    ctx.fireUserEventTriggered(event);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    crowd.leave(ctx.channel());
    ctx.fireChannelInactive();
  }
}
