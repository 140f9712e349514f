package org.cldcb.server.net;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.atomic.AtomicInteger;
import org.cldcb.server.session.SessionEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes a connection at once if there are too many, of all or of those not yet welcome. */
final class ConnectionLimiter extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectionLimiter.class);

  /** How many connections a server has. Thread-safe. */
  static final class Counts {
    private final int maxTotal;
    private final int maxStrangers;
    private final AtomicInteger total = new AtomicInteger();
    private final AtomicInteger strangers = new AtomicInteger();

    Counts(int maxTotal, int maxStrangers) {
      this.maxTotal = maxTotal;
      this.maxStrangers = maxStrangers;
    }
  }

  private final Counts counts;
  private boolean counted;
  private boolean stranger;

  ConnectionLimiter(Counts counts) {
    this.counts = counts;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    counted = true;
    stranger = true;
    int total = counts.total.incrementAndGet();
    int strangers = counts.strangers.incrementAndGet();
    if (total > counts.maxTotal || strangers > counts.maxStrangers) {
      LOG.info("{} refused: too many connections", ctx.channel().remoteAddress());
      ctx.close();
    } else {
      ctx.fireChannelActive();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == SessionEvent.STARTED) {
      acquainted();
    }
    ctx.fireUserEventTriggered(event);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    if (counted) {
      counted = false;
      counts.total.decrementAndGet();
      acquainted();
    }
    ctx.fireChannelInactive();
  }

  private void acquainted() {
    if (stranger) {
      stranger = false;
      counts.strangers.decrementAndGet();
    }
  }
}
