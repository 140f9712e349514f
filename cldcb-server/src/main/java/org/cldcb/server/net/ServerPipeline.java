package org.cldcb.server.net;

import io.netty.channel.ChannelInitializer;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.timeout.IdleStateHandler;
import java.security.SecureRandom;
import org.cldcb.crypto.PrivateKey;
import org.cldcb.server.session.HelloHandler;
import org.cldcb.server.session.Services;
import org.cldcb.transport.Handshake;

/** What a connection passes through, from the socket upwards. */
final class ServerPipeline extends ChannelInitializer<SocketChannel> {
  private final PrivateKey serverKey;
  private final Services services;
  private final Limits limits;
  private final Crowd crowd;
  private final SecureRandom random = new SecureRandom();

  private final ChannelGroup connections;

  /**
   * The pipeline of a server's connections.
   *
   * @param connections where each is put
   */
  ServerPipeline(PrivateKey serverKey, Services services, Limits limits, ChannelGroup connections) {
    this.serverKey = serverKey;
    this.services = services;
    this.limits = limits;
    this.connections = connections;
    this.crowd = new Crowd(limits);
  }

  @Override
  protected void initChannel(SocketChannel channel) {
    connections.add(channel);
    Handshake handshake =
        Handshake.responder(Handshake.PROLOGUE, serverKey, PrivateKey.generate(random));
    channel
        .pipeline()
        // Closes one for each beyond the number of connections.
        .addLast(new ConnectionLimiter(crowd))
        // Tells when nothing moved for a while.
        .addLast(new IdleStateHandler(0, 0, limits.idleSeconds()))
        // Closes what says no hello in time; goes when the hello is there.
        .addLast(new DeadlineHandler(limits.helloMillis()))
        // Proves who the two sides are; becomes the transport, bytes to decrypted messages.
        .addLast(new HandshakeHandler(handshake))
        // Refuses a hello of another version; goes after the first message.
        .addLast(new VersionHandler())
        // Decrypted bytes to messages and back.
        .addLast(new MessageHandler())
        // Closes after a message that ends the connection.
        .addLast(new LastMessageHandler())
        // Has the hello checked; becomes the session.
        .addLast(new HelloHandler(services))
        // Failures and silence that nobody took.
        .addLast(new LastResortHandler());
  }
}
