package org.cldcb.server.net;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.cldcb.codec.ByteReader;
import org.cldcb.codec.FormatException;
import org.cldcb.server.session.Errors;
import org.cldcb.server.session.StrangerLog;
import org.cldcb.wire.Hello;

/**
 * Refuses the hello of another protocol version, whatever the rest of it looks like; sees the first
 * message only.
 */
final class VersionHandler extends ChannelInboundHandlerAdapter {
  private static final StrangerLog LOG = StrangerLog.of(VersionHandler.class);
  private static final int HELLO_TYPE = 1;

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ctx.pipeline().remove(this);
    if (message instanceof byte[] bytes && isOfOtherVersion(bytes)) {
      LOG.say(ctx.channel().remoteAddress(), "refused: unsupported version");
      ctx.channel().writeAndFlush(Errors.unsupportedVersion());
    } else {
      ctx.fireChannelRead(message);
    }
  }

  private static boolean isOfOtherVersion(byte[] message) {
    ByteReader in = new ByteReader(message);
    try {
      return in.u16() == HELLO_TYPE && in.u8() != Hello.VERSION;
    } catch (FormatException e) {
      // Too short for a hello: whoever decodes it will say so.
      return false;
    }
  }
}
