package org.cldcb.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.cldcb.codec.FormatException;
import org.cldcb.contact.Contact;
import org.cldcb.crypto.PublicKey;
import org.cldcb.format.ExampleKeys;
import org.cldcb.wire.Message;
import org.cldcb.wire.Ping;
import org.cldcb.wire.Pong;
import org.cldcb.wire.Segment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ConnectionTest {
  /** Enough for a handshake on a slow machine. */
  private static final int SHORT_MILLIS = 1000;

  @Test
  void provesTheDelegateToTheServerAndCarriesMessagesBothWays() throws IOException {
    AtomicReference<PublicKey> client = new AtomicReference<>();
    try (TestServer server =
            TestServer.start(
                peer -> {
                  client.set(peer.shakeHands());
                  for (int i = 0; i < 3000; i++) {
                    peer.send(new Pong(peer.receive(Ping.class).value()));
                  }
                });
        Connection connection = open(server)) {
      for (int i = 0; i < 3000; i++) {
        connection.send(new Ping(i));
        assertThat(connection.receive()).isEqualTo(new Pong(i));
      }
    }
    assertThat(client.get()).isEqualTo(ExampleKeys.DELEGATE.publicKey());
  }

  @Test
  void carriesTheLongestMessages() throws IOException {
    Segment longest = new Segment(new byte[Message.MAX_SIZE - 2]);
    try (TestServer server =
            TestServer.start(
                peer -> {
                  peer.shakeHands();
                  assertThat(peer.receiveBytes()).isEqualTo(longest.encode());
                  peer.send(longest);
                });
        Connection connection = open(server)) {
      connection.send(longest);
      assertThat(connection.receive().encode()).isEqualTo(longest.encode());
      assertThatThrownBy(() -> connection.send(new Segment(new byte[Message.MAX_SIZE - 1])))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void whatIsSentWaitsForAFlush() throws IOException {
    try (TestServer server =
            TestServer.start(
                peer -> {
                  peer.shakeHands();
                  Thread.sleep(100);
                  assertThat(peer.in.available()).isZero();
                  peer.out.write(peer.encrypt(new Pong(1).encode()));
                  assertThat(peer.receive()).isEqualTo(new Ping(2));
                  assertThat(peer.receive()).isEqualTo(new Ping(3));
                });
        Connection connection = open(server)) {
      connection.send(new Ping(2));
      pause(300);
      assertThat(connection.receive()).isEqualTo(new Pong(1));
      connection.send(new Ping(3));
      connection.flush();
    }
  }

  @Test
  void anotherServersKeyIsToldFromAServerThatIsGone() throws IOException {
    try (TestServer server =
        TestServer.start(
            peer ->
                assertThatIOException().isThrownBy(() -> peer.shakeHands(ExampleKeys.key(0x45))))) {
      assertThatIOException()
          .isThrownBy(() -> open(server))
          .withMessageContaining("is the key in the contact this server's?");
    }
    try (TestServer server = TestServer.start(TestServer.Peer::shakeHands)) {
      assertThatIOException()
          .isThrownBy(() -> open(server.contact(ExampleKeys.key(0x45).publicKey())))
          .withMessageContaining("is the key in the contact this server's?");
    } catch (AssertionError expected) {
      assertThat(expected).hasMessage("the server's script failed");
    }
  }

  @Test
  void whateverElseAnswersIsNotTheServer() throws IOException {
    byte[] http = "HTTP/1.1 400 Bad Request\r\n".repeat(10).getBytes(StandardCharsets.US_ASCII);
    for (byte[] garbage : new byte[][] {http, new byte[50], filled(50, 0xff), filled(70_000, 2)}) {
      try (TestServer server =
          TestServer.start(
              peer -> {
                peer.in.readFully(new byte[50]);
                peer.out.write(garbage);
                peer.awaitEnd();
              })) {
        assertThatIOException()
            .isThrownBy(() -> open(server))
            .withMessage("what answers there is not the server of this contact");
      } catch (AssertionError reset) {
        assertThat(reset).hasRootCauseInstanceOf(IOException.class);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 49})
  void aServerThatClosesInItsFirstActIsReported(int sent) throws IOException {
    try (TestServer server =
        TestServer.start(
            peer -> {
              peer.in.readFully(new byte[50]);
              peer.out.write(new byte[sent]);
            })) {
      assertThatIOException()
          .isThrownBy(() -> open(server))
          .withMessageContaining("the server closed the connection at once");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 17, 18, 19, 40})
  void aServerThatClosesInAMessageIsReported(int sent) throws IOException {
    try (TestServer server =
            TestServer.start(
                peer -> {
                  peer.shakeHands();
                  byte[] message = peer.encrypt(new Pong(1).encode());
                  peer.out.write(Arrays.copyOf(message, sent));
                  peer.socket.shutdownOutput();
                  peer.awaitEnd();
                });
        Connection connection = open(server)) {
      assertThatIOException()
          .isThrownBy(connection::receive)
          .withMessage("the server closed the connection");
    }
  }

  @Test
  void everyAlteredByteOfAMessageIsReported() throws IOException {
    for (int at = 0; at < 18 + 10 + 16; at++) {
      int altered = at;
      try (TestServer server =
              TestServer.start(
                  peer -> {
                    peer.shakeHands();
                    byte[] message = peer.encrypt(new Pong(1).encode());
                    message[altered] ^= 1;
                    peer.out.write(message);
                    peer.awaitEnd();
                  });
          Connection connection = open(server)) {
        assertThatIOException()
            .isThrownBy(connection::receive)
            .withMessage("the connection was tampered with");
      }
    }
  }

  @Test
  void aServerThatTakesNothingIsReported() throws Exception {
    CountDownLatch reported = new CountDownLatch(1);
    try (TestServer server =
            TestServer.start(
                peer -> {
                  peer.shakeHands();
                  reported.await();
                });
        Connection connection =
            Connection.open(
                server.contact(), ExampleKeys.DELEGATE, TestServer.RANDOM, SHORT_MILLIS)) {
      Segment longest = new Segment(new byte[Message.MAX_SIZE - 2]);
      assertThatThrownBy(
              () -> {
                while (true) {
                  connection.send(longest);
                }
              })
          .isInstanceOf(ConnectionLostException.class)
          .hasMessage("the server doesn't answer");
      reported.countDown();
    }
  }

  @Test
  void aMessageThatComesAgainIsReported() throws IOException {
    try (TestServer server =
            TestServer.start(
                peer -> {
                  peer.shakeHands();
                  byte[] message = peer.encrypt(new Pong(1).encode());
                  peer.out.write(message);
                  peer.out.write(message);
                  peer.awaitEnd();
                });
        Connection connection = open(server)) {
      assertThat(connection.receive()).isEqualTo(new Pong(1));
      assertThatIOException()
          .isThrownBy(connection::receive)
          .withMessage("the connection was tampered with");
    }
  }

  @Test
  void messagesThatAreNoneAreRefused() throws IOException {
    for (byte[] message : new byte[][] {{}, {0}, {0, 99}, {0, 6}, filled(65_535, 0)}) {
      try (TestServer server =
              TestServer.start(
                  peer -> {
                    peer.shakeHands();
                    peer.out.write(peer.encrypt(message));
                    peer.awaitEnd();
                  });
          Connection connection = open(server)) {
        assertThatIOException().isThrownBy(connection::receive).isInstanceOf(FormatException.class);
      }
    }
  }

  @Test
  void aServerThatSaysNothingIsGivenUpAtEachStep() throws IOException {
    try (TestServer server = TestServer.start(TestServer.Peer::awaitEnd)) {
      assertTimesOut(SocketTimeoutException.class, () -> open(server.contact(), 300).close());
    }
    try (TestServer server =
        TestServer.start(
            peer -> {
              peer.shakeHands();
              peer.awaitEnd();
            })) {
      try (Connection connection = open(server.contact(), 300)) {
        assertTimesOut(ConnectionLostException.class, connection::receive);
      }
    }
  }

  @Test
  void theTimeoutCanBeChanged() throws IOException {
    try (TestServer server =
            TestServer.start(
                peer -> {
                  peer.shakeHands();
                  Thread.sleep(700);
                  peer.send(new Pong(1));
                  peer.awaitEnd();
                });
        Connection connection = open(server.contact(), 300)) {
      connection.setTimeout(0);
      assertThat(connection.receive()).isEqualTo(new Pong(1));
      connection.setTimeout(100);
      assertTimesOut(ConnectionLostException.class, connection::receive);
    }
  }

  @Test
  void closingFromAnotherThreadEndsABlockedReceive() throws Exception {
    try (TestServer server =
        TestServer.start(
            peer -> {
              peer.shakeHands();
              peer.awaitEnd();
            })) {
      Connection connection = open(server);
      connection.setTimeout(0);
      CompletableFuture<Message> receiving =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return connection.receive();
                } catch (IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              });
      pause(200);
      connection.close();
      assertThatThrownBy(() -> receiving.get(10, TimeUnit.SECONDS))
          .hasRootCauseInstanceOf(IOException.class);
      connection.close();
    }
  }

  @Test
  void aServerThatIsNotThereIsReported() throws IOException {
    Contact gone;
    try (TestServer server = TestServer.start(peer -> {})) {
      gone = server.contact();
      open2(server);
    }
    assertThatThrownBy(() -> open(gone, 1000)).isInstanceOf(ConnectException.class);
    assertThatThrownBy(() -> open(new Contact(gone.serverKey(), "a.invalid", 1), 1000))
        .isInstanceOf(UnknownHostException.class)
        .hasMessage("the server's name can't be resolved: a.invalid");
  }

  /** Lets the server of a test have its connection. */
  private static void open2(TestServer server) {
    assertThatIOException().isThrownBy(() -> open(server));
  }

  private static void assertTimesOut(
      Class<? extends IOException> expected,
      org.assertj.core.api.ThrowableAssert.ThrowingCallable step) {
    long before = System.nanoTime();
    assertThatThrownBy(step).isInstanceOf(expected);
    assertThat(System.nanoTime() - before).isLessThan(5_000_000_000L);
  }

  private static void pause(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] filled(int length, int octet) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) octet);
    return bytes;
  }

  private static Connection open(TestServer server) throws IOException {
    return open(server.contact());
  }

  private static Connection open(Contact contact) throws IOException {
    return open(contact, TestServer.TIMEOUT_MILLIS);
  }

  private static Connection open(Contact contact, int timeoutMillis) throws IOException {
    return Connection.open(contact, ExampleKeys.DELEGATE, TestServer.RANDOM, timeoutMillis);
  }
}
