package org.cldcb.server.net;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.MessageToMessageCodec;
import java.util.List;
import org.cldcb.codec.FormatException;
import org.cldcb.server.session.Errors;
import org.cldcb.server.session.StrangerLog;
import org.cldcb.wire.Message;

/** Turns bytes into messages and back. What isn't exactly one message ends the connection. */
final class MessageHandler extends MessageToMessageCodec<byte[], Message> {
  private static final StrangerLog LOG = StrangerLog.of(MessageHandler.class);

  MessageHandler() {
    super(byte[].class, Message.class);
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, byte[] bytes, List<Object> out) {
    try {
      out.add(Message.decode(bytes));
    } catch (FormatException e) {
      LOG.say(ctx.channel().remoteAddress(), "sent a bad message: " + e.getMessage());
      ctx.channel().writeAndFlush(Errors.badMessage(e.getMessage()));
    }
  }

  @Override
  protected void encode(ChannelHandlerContext ctx, Message message, List<Object> out) {
    out.add(message.encode());
  }
}
