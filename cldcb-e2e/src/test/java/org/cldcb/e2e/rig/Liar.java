package org.cldcb.e2e.rig;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.cldcb.crypto.PrivateKey;
import org.cldcb.server.net.TappedServer;
import org.cldcb.wire.Message;

/**
 * A hostile server: the real one, with its key and its store, that lies as it is told. All else is
 * the true protocol. It runs in this process. Thread-safe.
 */
public final class Liar implements AutoCloseable {
  private final TappedServer server;
  private final AtomicInteger told = new AtomicInteger();
  private final AtomicLong sent = new AtomicLong();
  private volatile List<Lie> lies = List.of();

  /** Takes the place of a server that has ended, on its data and its port. */
  public Liar(Path dataDir, int port) {
    try (PrivateKey key = key(dataDir)) {
      server = TappedServer.start(dataDir, PrivateKey.of(key.bytes()), port, Tap::new);
    }
  }

  private static PrivateKey key(Path dataDir) {
    try {
      String hex = Files.readString(dataDir.resolve("server.key")).strip();
      return PrivateKey.of(HexFormat.of().parseHex(hex));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lies from now on, in place of what it lied before; the first lie about a message is told. */
  public void tell(Lie... newLies) {
    told.set(0);
    sent.set(0);
    lies = List.of(newLies);
  }

  /** How many lies were told since {@link #tell}. */
  public int told() {
    return told.get();
  }

  /** How many messages went out since {@link #tell}. */
  public long sent() {
    return sent.get();
  }

  /** Ends all connections, so that the next request begins with a hello. */
  public void cutAll() {
    server.cutAll();
  }

  @Override
  public void close() {
    server.close();
  }

  private Optional<Stream<?>> said(Message message) {
    return lies.stream().flatMap(lie -> lie.said(message).stream()).findFirst().map(this::counted);
  }

  private Optional<Stream<?>> asked(Message request) {
    return lies.stream().flatMap(lie -> lie.asked(request).stream()).findFirst().map(this::counted);
  }

  private Stream<?> counted(Stream<?> lie) {
    told.incrementAndGet();
    return lie;
  }

  private final class Tap extends ChannelDuplexHandler {
    @Override
    public void channelRead(ChannelHandlerContext ctx, Object request) {
      Optional<Stream<?>> lie = asked((Message) request);
      if (lie.isPresent()) {
        send(ctx, lie.get().iterator());
      } else {
        ctx.fireChannelRead(request);
      }
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
      Optional<Stream<?>> lie = said((Message) message);
      if (lie.isPresent()) {
        send(ctx, lie.get().iterator());
        promise.trySuccess();
      } else {
        sent.incrementAndGet();
        ctx.write(message, promise);
      }
    }

    /** As much at once as the connection takes, since there may be no end to it. */
    private void send(ChannelHandlerContext ctx, Iterator<?> messages) {
      while (ctx.channel().isWritable() && messages.hasNext()) {
        sent.incrementAndGet();
        ctx.write(messages.next());
        if (!ctx.channel().isWritable()) {
          ctx.flush();
        }
      }
      ctx.flush();
      if (ctx.channel().isActive() && !ctx.channel().isWritable()) {
        ctx.executor().schedule(() -> send(ctx, messages), 1, TimeUnit.MILLISECONDS);
      }
    }
  }
}
