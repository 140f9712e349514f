package org.cldcb.server.net;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.cldcb.contact.HostPort;
import org.cldcb.crypto.PrivateKey;
import org.cldcb.server.session.Errors;
import org.cldcb.server.session.RevocationWatch;
import org.cldcb.server.session.Services;
import org.cldcb.server.session.SessionEvent;
import org.cldcb.server.session.SessionRegistry;
import org.cldcb.server.store.BackupStore;

/** A server that listens. The store and the key stay the caller's. Thread-safe. */
public final class Server implements AutoCloseable {
  private static final int EVENT_LOOPS = 2;
  private static final int BLOCKING_THREADS = 2;
  private static final int BACKLOG = 256;
  private static final int ANSWER_SECONDS = 5;
  private static final int FAREWELL_SECONDS = 1;

  private final ChannelGroup connections =
      new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
  private final EventLoopGroup acceptor = eventLoops(1, "accept");
  private final EventLoopGroup workers = eventLoops(EVENT_LOOPS, "net");
  private final ExecutorService blocking =
      Executors.newFixedThreadPool(BLOCKING_THREADS, new DefaultThreadFactory("blocking", true));
  private final Channel listener;
  private final Upkeep upkeep;

  private Server(
      HostPort address, PrivateKey key, BackupStore store, Path spoolDirectory, Limits limits)
      throws IOException {
    SessionRegistry sessions = new SessionRegistry();
    Services services = new Services(store, blocking, sessions, key.publicKey(), spoolDirectory);
    try {
      listener = listen(address, new ServerPipeline(key, services, limits, connections));
    } catch (IOException e) {
      stopThreads();
      throw e;
    }
    upkeep = Upkeep.start(store, new RevocationWatch(store, sessions));
  }

  /**
   * Starts listening.
   *
   * @param address port 0 takes any that is free
   * @param spoolDirectory where large envelopes wait until they are whole
   * @throws IOException if the address can't be listened on
   */
  public static Server start(
      HostPort address, PrivateKey key, BackupStore store, Path spoolDirectory) throws IOException {
    return start(address, key, store, spoolDirectory, Limits.DEFAULT);
  }

  static Server start(
      HostPort address, PrivateKey key, BackupStore store, Path spoolDirectory, Limits limits)
      throws IOException {
    return new Server(address, key, store, spoolDirectory, limits);
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return (InetSocketAddress) listener.localAddress();
  }

  /**
   * Stops: accepts nothing more, lets the answers to what was asked go out for some seconds, tells
   * the rest that the server shuts down.
   */
  @Override
  public void close() {
    listener.close().awaitUninterruptibly();
    connections.forEach(
        connection -> connection.pipeline().fireUserEventTriggered(SessionEvent.SERVER_STOPS));
    if (!connections.newCloseFuture().awaitUninterruptibly(ANSWER_SECONDS, TimeUnit.SECONDS)) {
      connections.writeAndFlush(Errors.shuttingDown());
      connections.newCloseFuture().awaitUninterruptibly(FAREWELL_SECONDS, TimeUnit.SECONDS);
      connections.close().awaitUninterruptibly();
    }
    upkeep.close();
    stopThreads();
  }

  private Channel listen(HostPort address, ServerPipeline pipeline) throws IOException {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(acceptor, workers)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_KEEPALIVE, true)
            // Small until a client has more to say than a hello.
            .childOption(
                ChannelOption.RECVBUF_ALLOCATOR, new AdaptiveRecvByteBufAllocator(64, 512, 65_536))
            .childHandler(pipeline);
    InetSocketAddress resolved = new InetSocketAddress(address.host(), address.port());
    if (resolved.isUnresolved()) {
      throw new IOException("can't listen on " + address + ": this name can't be resolved");
    }
    ChannelFuture bound = bootstrap.bind(resolved).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IOException(
          "can't listen on " + address + ": " + bound.cause().getMessage(), bound.cause());
    }
    return bound.channel();
  }

  private void stopThreads() {
    acceptor.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    workers.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    blocking.shutdown();
  }

  private static EventLoopGroup eventLoops(int threads, String name) {
    return new MultiThreadIoEventLoopGroup(
        threads, new DefaultThreadFactory(name, true), NioIoHandler.newFactory());
  }
}
