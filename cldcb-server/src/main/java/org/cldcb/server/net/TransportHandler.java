package org.cldcb.server.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageCodec;
import java.util.List;
import org.cldcb.server.session.Errors;
import org.cldcb.server.session.SessionEvent;
import org.cldcb.server.session.StrangerLog;
import org.cldcb.transport.Transport;
import org.cldcb.transport.TransportException;

/** Decrypts and encrypts whole messages. Until the client is welcome, only small ones come in. */
final class TransportHandler extends ByteToMessageCodec<byte[]> {
  private static final StrangerLog LOG = StrangerLog.of(TransportHandler.class);
  private static final int MAX_STRANGERS_MESSAGE = 512;
  private static final int NONE = -1;

  private final Transport transport;
  private int maxMessage = MAX_STRANGERS_MESSAGE;
  private int bodyLength = NONE;
  private boolean failed;

  /** Takes over the transport. */
  TransportHandler(Transport transport) {
    super(byte[].class);
    this.transport = transport;
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == SessionEvent.STARTED) {
      maxMessage = Transport.MAX_MESSAGE;
    }
    ctx.fireUserEventTriggered(event);
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    try {
      if (failed) {
        in.skipBytes(in.readableBytes());
      } else if (bodyLength == NONE) {
        decodeHeader(ctx, in);
      } else if (in.readableBytes() >= bodyLength) {
        int length = bodyLength;
        bodyLength = NONE;
        out.add(transport.decrypt(take(in, length)));
      }
    } catch (TransportException e) {
      LOG.say(ctx.channel().remoteAddress(), "closed: " + e.getMessage());
      failed = true;
      ctx.close();
    }
  }

  private void decodeHeader(ChannelHandlerContext ctx, ByteBuf in) throws TransportException {
    if (in.readableBytes() < Transport.HEADER) {
      return;
    }
    int length = transport.decryptLength(take(in, Transport.HEADER));
    bodyLength = length + Transport.TAG;
    if (length > maxMessage) {
      failed = true;
      LOG.say(ctx.channel().remoteAddress(), "refused: its first message is too large");
      ctx.channel().writeAndFlush(Errors.badMessage("a small hello is expected first"));
    }
  }

  private static byte[] take(ByteBuf in, int length) {
    byte[] bytes = ByteBufUtil.getBytes(in, in.readerIndex(), length);
    in.skipBytes(length);
    return bytes;
  }

  @Override
  protected void encode(ChannelHandlerContext ctx, byte[] message, ByteBuf out) {
    out.writeBytes(transport.encrypt(message));
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) throws Exception {
    super.handlerRemoved(ctx);
    transport.close();
  }
}
