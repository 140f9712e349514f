package org.cldcb.server.session;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.cldcb.chain.Delegation;
import org.cldcb.crypto.PublicKey;
import org.cldcb.server.store.BackupId;
import org.cldcb.server.store.Writer;
import org.cldcb.wire.Hello;
import org.cldcb.wire.Message;
import org.cldcb.wire.Mode;
import org.cldcb.wire.Welcome;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the first message, has it checked in the order of docs/PROTOCOL.md §3, and gives its place
 * to the session. Nothing may follow the hello before the welcome.
 */
public final class HelloHandler extends SimpleChannelInboundHandler<Message> {
  private static final Logger LOG = LoggerFactory.getLogger(HelloHandler.class);
  private static final StrangerLog REFUSALS = StrangerLog.of(HelloHandler.class);

  private final Services services;
  private @Nullable PublicKey delegate;
  private boolean greeted;

  public HelloHandler(Services services) {
    super(Message.class);
    this.services = services;
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof HandshakeCompleted completed) {
      delegate = completed.delegate();
    } else if (event == SessionEvent.SERVER_STOPS) {
      stop(ctx);
    } else {
      ctx.fireUserEventTriggered(event);
    }
  }

  private void stop(ChannelHandlerContext ctx) {
    if (delegate == null) {
      // There is no key yet to say it with.
      ctx.close();
    } else {
      send(ctx, Errors.shuttingDown());
    }
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, Message message) {
    if (delegate == null || greeted || !(message instanceof Hello hello)) {
      refuse(
          ctx,
          ctx.channel().remoteAddress(),
          Errors.badMessage("one hello is expected, and nothing more before the welcome"));
    } else if (hello.mode() != Mode.BULK && hello.epoch() != 0) {
      refuse(
          ctx,
          ctx.channel().remoteAddress(),
          Errors.badMessage("only a bulk session names an epoch"));
    } else {
      greeted = true;
      greet(ctx, hello, delegate);
    }
  }

  private void greet(ChannelHandlerContext ctx, Hello hello, PublicKey client) {
    ctx.pipeline().fireUserEventTriggered(SessionEvent.HELLO_CAME);
    BackupId backup = new BackupId(hello.nodeId(), hello.network());
    LiveSession session =
        new LiveSession(ctx.channel(), backup, client, hello.mode(), hello.epoch());
    services.sessions().enter(session);
    CompletableFuture.supplyAsync(() -> complaint(hello, client), services.blocking())
        .thenCompose(
            complaint ->
                complaint.isPresent()
                    ? completedFuture(complaint.get())
                    : services.store().hello(backup, client, hello.mode(), hello.epoch()))
        .whenCompleteAsync(
            (answer, failure) -> answer(ctx, session, hello, answer, failure), ctx.executor());
  }

  private Optional<Message> complaint(Hello hello, PublicKey client) {
    if (!services.store().isAllowed(hello.nodeId())) {
      return Optional.of(Errors.notAllowed());
    }
    String text = Delegation.delegationText(client);
    return Delegation.signedBy(hello.nodeId(), text, hello.delegation())
        ? Optional.empty()
        : Optional.of(Errors.badDelegation());
  }

  private void answer(
      ChannelHandlerContext ctx,
      LiveSession session,
      Hello hello,
      @Nullable Message answer,
      @Nullable Throwable failure) {
    if (answer instanceof Welcome welcome) {
      start(ctx, session, hello, welcome);
    } else if (answer != null) {
      refuse(ctx, session, answer);
    } else {
      LOG.error("{}: hello failed", session, failure);
      send(ctx, Errors.serverFailed(failure));
    }
  }

  private void start(ChannelHandlerContext ctx, LiveSession session, Hello hello, Welcome welcome) {
    if (ctx.isRemoved()) {
      return;
    }
    services.sessions().admit(session, welcome);
    LOG.info("{}: {} session, epoch {}", session, session.mode(), session.epoch());
    Writer writer = new Writer(session.backup(), session.delegate(), session.epoch());
    ctx.pipeline()
        .replace(
            this, "session", new SessionHandler(services, session, writer, hello.delegation()));
    ctx.pipeline().fireUserEventTriggered(SessionEvent.STARTED);
    send(ctx, welcome);
  }

  private static void refuse(ChannelHandlerContext ctx, Object client, Message refusal) {
    REFUSALS.say(client, "refused: " + Errors.reason(refusal));
    send(ctx, refusal);
  }

  private static void send(ChannelHandlerContext ctx, Message message) {
    ctx.channel().writeAndFlush(message);
  }
}
