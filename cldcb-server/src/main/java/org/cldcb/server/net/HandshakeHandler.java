package org.cldcb.server.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import org.cldcb.server.session.HandshakeCompleted;
import org.cldcb.server.session.StrangerLog;
import org.cldcb.transport.Handshake;
import org.cldcb.transport.HandshakeException;

/**
 * The responder's side of the handshake. Whoever doesn't know the server's key gets no byte back.
 * Gives its place to the transport, along with what came after the handshake.
 */
final class HandshakeHandler extends ByteToMessageDecoder {
  private static final StrangerLog LOG = StrangerLog.of(HandshakeHandler.class);

  private final Handshake handshake;
  private boolean failed;

  /** Takes over the handshake. */
  HandshakeHandler(Handshake handshake) {
    this.handshake = handshake;
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    if (failed) {
      in.skipBytes(in.readableBytes());
      return;
    }
    int wanted = handshake.bytesWanted();
    if (in.readableBytes() >= wanted) {
      byte[] act = ByteBufUtil.getBytes(in, in.readerIndex(), wanted);
      in.skipBytes(wanted);
      read(ctx, act);
    }
  }

  private void read(ChannelHandlerContext ctx, byte[] act) {
    try {
      byte[] reply = handshake.read(act);
      if (reply.length > 0) {
        ctx.writeAndFlush(Unpooled.wrappedBuffer(reply));
      }
    } catch (HandshakeException e) {
      LOG.say(ctx.channel().remoteAddress(), "refused: " + e.getMessage());
      failed = true;
      ctx.close();
      return;
    }
    if (handshake.complete()) {
      ctx.pipeline().replace(this, "transport", new TransportHandler(handshake.transport()));
      ctx.pipeline().fireUserEventTriggered(new HandshakeCompleted(handshake.remoteStatic()));
    }
  }

  @Override
  protected void handlerRemoved0(ChannelHandlerContext ctx) {
    handshake.close();
  }
}
