package org.cldcb.client.recover.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.cldcb.chain.Head;
import org.cldcb.link.ConnectionLostException;
import org.cldcb.wire.End;
import org.cldcb.wire.Message;
import org.cldcb.wire.Pong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ReadAheadTest {
  private static final End END = new End(Head.EMPTY, Head.EMPTY);

  private final AtomicInteger received = new AtomicInteger();
  private final CountDownLatch closed = new CountDownLatch(1);

  @AfterEach
  void noThreadStays() {
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().equals("cldcb-fetch") && thread.isAlive());
  }

  @Test
  void messagesKeepTheirOrderAndTheLinkStaysOpen() throws IOException {
    try (ReadAhead replies = ahead(number -> number < 1000 ? new Pong(number) : END)) {
      for (int i = 0; i < 1000; i++) {
        assertThat(replies.receive()).isEqualTo(new Pong(i));
      }
      assertThat(replies.receive()).isEqualTo(END);
      assertThatThrownBy(replies::receive).isInstanceOf(IllegalStateException.class);
    }
    assertThat(received).hasValue(1001);
    assertThat(closed.getCount()).isOne();
  }

  @Test
  void noMoreIsReadThanMayWait() throws IOException {
    try (ReadAhead replies = ahead(Pong::new)) {
      Thread fetching = fetching();
      while (fetching.getState() != Thread.State.WAITING && received.get() < 10_000) {
        Thread.onSpinWait();
      }
      assertThat(received.get()).isLessThanOrEqualTo(129);
      assertThat(replies.receive()).isEqualTo(new Pong(0));
    }
    assertThat(closed.getCount()).isZero();
  }

  @Test
  void whatCameBeforeAFailureIsGivenOutBeforeIt() throws IOException {
    ConnectionLostException failure = new ConnectionLostException("gone", new IOException());
    try (ReadAhead replies =
        ahead(
            number -> {
              if (number == 2) {
                throw failure;
              }
              return new Pong(number);
            })) {
      assertThat(replies.receive()).isEqualTo(new Pong(0));
      assertThat(replies.receive()).isEqualTo(new Pong(1));
      assertThatThrownBy(replies::receive).isSameAs(failure);
    }
  }

  @Test
  void closingEndsAReceiveThatWaits() throws IOException {
    try (ReadAhead replies =
        ahead(
            number -> {
              if (number == 0) {
                return new Pong(0);
              }
              awaitClose();
              throw new ConnectionLostException("closed", new IOException());
            })) {
      assertThat(replies.receive()).isEqualTo(new Pong(0));
    }
  }

  private void awaitClose() {
    while (closed.getCount() > 0) {
      try {
        closed.await();
      } catch (InterruptedException e) {
        // A socket doesn't listen to it.
        continue;
      }
    }
  }

  private static Thread fetching() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("cldcb-fetch"))
        .findAny()
        .orElseThrow();
  }

  /** The messages of a server, by their number from 0. */
  @FunctionalInterface
  private interface Script {
    Message message(int number) throws IOException;
  }

  private ReadAhead ahead(Script script) {
    return new ReadAhead(
        new Link() {
          @Override
          public void send(Message message) {}

          @Override
          public Message receive() throws IOException {
            return script.message(received.getAndIncrement());
          }

          @Override
          public void close() {
            closed.countDown();
          }
        });
  }
}
