package org.cldcb.server.net;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.cldcb.crypto.PrivateKey;
import org.cldcb.server.session.Services;
import org.cldcb.server.session.SessionRegistry;
import org.cldcb.server.store.SqliteStore;

/**
 * A real server, with its key and its store, that has a handler more: between the messages and the
 * session. In this package since the pipeline is nobody else's.
 */
public final class TappedServer implements AutoCloseable {
  private final SqliteStore store;
  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("tapped", true), NioIoHandler.newFactory());
  private final ExecutorService blocking =
      Executors.newFixedThreadPool(2, new DefaultThreadFactory("blocking", true));
  private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

  private TappedServer(SqliteStore store) {
    this.store = store;
  }

  /**
   * Listens on this port of this host.
   *
   * @param dataDir of a server that has ended
   * @param tap made anew for each connection
   */
  public static TappedServer start(
      Path dataDir, PrivateKey key, int port, Supplier<? extends ChannelHandler> tap) {
    TappedServer server = new TappedServer(SqliteStore.open(dataDir));
    server.store.dropPending();
    Services services =
        new Services(
            server.store, server.blocking, new SessionRegistry(), key.publicKey(), dataDir);
    ServerPipeline real = new ServerPipeline(key, services, Limits.DEFAULT, server.connections);
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(server.loops)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    real.initChannel(channel);
                    String messages = channel.pipeline().context(MessageHandler.class).name();
                    channel.pipeline().addAfter(messages, "tap", tap.get());
                  }
                });
    Channel listener = bootstrap.bind("127.0.0.1", port).syncUninterruptibly().channel();
    server.connections.add(listener);
    return server;
  }

  /** Ends every connection; the next ones are served as ever. */
  public void cutAll() {
    connections.close(SocketChannel.class::isInstance).awaitUninterruptibly();
  }

  @Override
  public void close() {
    connections.close().awaitUninterruptibly();
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    blocking.shutdown();
    store.close();
  }
}
