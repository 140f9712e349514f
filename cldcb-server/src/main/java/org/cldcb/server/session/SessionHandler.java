package org.cldcb.server.session;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.timeout.IdleStateEvent;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.cldcb.codec.FormatException;
import org.cldcb.crypto.MessageSignature;
import org.cldcb.server.store.Writer;
import org.cldcb.wire.Append;
import org.cldcb.wire.BeginBase;
import org.cldcb.wire.Chunk;
import org.cldcb.wire.ClaimRequest;
import org.cldcb.wire.Hold;
import org.cldcb.wire.Message;
import org.cldcb.wire.Mode;
import org.cldcb.wire.Offer;
import org.cldcb.wire.Ping;
import org.cldcb.wire.Pong;
import org.cldcb.wire.PutManifest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A session after its welcome: takes requests in their order and sees that each is answered. */
final class SessionHandler extends SimpleChannelInboundHandler<Message> {
  private static final Logger LOG = LoggerFactory.getLogger(SessionHandler.class);

  private final LiveSession session;
  private final BaseInTheMaking base;
  private final Answers answers;
  private final ReadRequests reads;
  private final WriteRequests writes;
  private final ClaimRequests claims;

  /** Requests that came while a base was being begun. */
  private final Deque<Message> held = new ArrayDeque<>();

  private boolean over;

  /**
   * The handler for a session.
   *
   * @param delegation from the hello, for claims
   */
  SessionHandler(
      Services services, LiveSession session, Writer writer, MessageSignature delegation) {
    super(Message.class);
    this.session = session;
    base = new BaseInTheMaking(services.store(), writer);
    answers = new Answers(session.channel(), services.blocking());
    reads = new ReadRequests(services.store(), writer.backup());
    writes = new WriteRequests(services, session, writer, base, answers);
    claims = new ClaimRequests(services, session, writer, delegation);
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, Message message) {
    if (!over) {
      held.add(message);
      takeHeld();
    }
  }

  private void takeHeld() {
    while (!over && !base.isBeginning() && !held.isEmpty()) {
      try {
        take(held.remove());
      } catch (FormatException e) {
        session.end(Errors.badMessage(e.getMessage()));
      } catch (OverLimitException e) {
        session.end(Errors.overLimit(e.getMessage()));
      } catch (IOException e) {
        LOG.error("{}: an envelope can't be kept", session, e);
        session.end(Errors.serverFailed());
      }
    }
  }

  private void take(Message message) throws IOException {
    if (writes.isGathering()) {
      writes.gather(message);
    } else if (message instanceof Append append) {
      writes.append(append);
    } else if (message instanceof Chunk chunk) {
      writes.chunk(chunk);
    } else if (message instanceof Offer offer) {
      writes.offer(offer);
    } else if (message instanceof BeginBase) {
      beginBase();
    } else if (message instanceof PutManifest manifest) {
      writes.manifest(manifest);
    } else {
      takeOther(message);
    }
  }

  private void takeOther(Message message) throws FormatException {
    Optional<Pieces> pieces = reads.answer(message);
    if (pieces.isPresent()) {
      answers.add(pieces.get());
    } else if (message instanceof Ping ping) {
      answers.add(new Pong(ping.value()));
    } else if (message instanceof ClaimRequest claim && session.mode() == Mode.READ) {
      answers.add(claims.answer(claim), 0);
    } else if (message instanceof Hold && session.mode() == Mode.READ && !session.isClaimant()) {
      answers.add(claims.hold(), 0);
    } else {
      throw new FormatException("message type " + message.type() + " is not allowed now");
    }
  }

  private void beginBase() throws FormatException {
    answers.pause(true);
    writes.beginBase().whenComplete((begun, failure) -> begun(failure));
  }

  private void begun(@Nullable Throwable failure) {
    if (failure != null) {
      LOG.error("{}: a base can't be begun", session, failure);
      session.end(Errors.serverFailed(failure));
    }
    answers.pause(false);
    takeHeld();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    answers.wakeUp();
    ctx.fireChannelWritabilityChanged();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == SessionEvent.SERVER_STOPS) {
      // Behind the answers to all that was taken.
      over = true;
      answers.add(Errors.shuttingDown());
    } else if (event == SessionEvent.ENDED) {
      end();
    } else if (!(event instanceof IdleStateEvent) || !isWorking(ctx)) {
      ctx.fireUserEventTriggered(event);
    }
  }

  /** A client that waits for an answer is silent for good reason; one that takes none is not. */
  private boolean isWorking(ChannelHandlerContext ctx) {
    return !answers.isEmpty() && ctx.channel().isWritable();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    end();
    ctx.fireChannelInactive();
  }

  private void end() {
    over = true;
    held.clear();
    answers.end();
    writes.end();
  }
}
