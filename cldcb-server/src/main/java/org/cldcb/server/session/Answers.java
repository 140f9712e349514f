package org.cldcb.server.session;

import io.netty.channel.Channel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.cldcb.wire.Message;

/**
 * Sends the answers of a session in the order of its requests, and reads no further requests while
 * too much waits. Lives on the event loop, but for {@link #wakeUp}.
 */
final class Answers {
  private static final int MAX_WAITING = 64;
  private static final long MAX_HELD_BYTES = 4 << 20;

  private final Channel channel;
  private final Executor blocking;
  private final Deque<Answer> waiting = new ArrayDeque<>();
  private long heldBytes;
  private boolean paused;
  private boolean ended;
  private boolean advancing;
  private boolean again;

  Answers(Channel channel, Executor blocking) {
    this.channel = channel;
    this.blocking = blocking;
  }

  void add(Message answer) {
    add(CompletableFuture.completedFuture(answer), 0);
  }

  /**
   * Adds an answer to come.
   *
   * @param requestBytes how much of the request stays in memory until then
   */
  void add(CompletableFuture<Message> answer, long requestBytes) {
    add(new SingleAnswer(answer, requestBytes));
    answer.whenComplete((message, failure) -> wakeUp());
  }

  void add(Pieces pieces) {
    add(new StreamedAnswer(pieces, blocking, this::wakeUp));
    wakeUp();
  }

  private void add(Answer answer) {
    waiting.add(answer);
    heldBytes += answer.heldBytes();
    steerReading();
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Reads no requests until told otherwise. */
  void pause(boolean pause) {
    paused = pause;
    steerReading();
  }

  /** Forgets all answers, for good: nobody is there to get them. Reading is left as it is. */
  void end() {
    ended = true;
    waiting.clear();
    heldBytes = 0;
  }

  /** Sends what can be sent; from any thread. */
  void wakeUp() {
    if (channel.eventLoop().inEventLoop()) {
      advance();
    } else {
      channel.eventLoop().execute(this::advance);
    }
  }

  /** Flushing may find room at once, and then comes here again from within. */
  private void advance() {
    again = true;
    if (advancing) {
      return;
    }
    advancing = true;
    while (again) {
      again = false;
      advanceInOrder();
      channel.flush();
    }
    advancing = false;
    steerReading();
  }

  private void advanceInOrder() {
    Answer first = waiting.peek();
    // An answer that is an end has all others forgotten while it is written.
    while (first != null && first.advance(channel) && waiting.remove(first)) {
      heldBytes -= first.heldBytes();
      first = waiting.peek();
    }
  }

  private void steerReading() {
    if (ended) {
      return;
    }
    boolean full = waiting.size() > MAX_WAITING || heldBytes > MAX_HELD_BYTES;
    channel.config().setAutoRead(!paused && !full && channel.isWritable());
  }
}
