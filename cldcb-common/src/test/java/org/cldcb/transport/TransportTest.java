package org.cldcb.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.cldcb.crypto.Vectors.flipBit;

import java.util.Arrays;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransportTest {

  private static final byte[] CHAINING_KEY = filled(32, 1);
  private static final byte[] THERE = filled(32, 2);
  private static final byte[] BACK = filled(32, 3);

  private final Transport sender = new Transport(CHAINING_KEY, THERE, BACK);
  private final Transport receiver = new Transport(CHAINING_KEY, BACK, THERE);

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 1000, 65534, 65535})
  void roundTrip(int length) throws Exception {
    byte[] message = new byte[length];
    new Random(length).nextBytes(message);
    byte[] sent = sender.encrypt(message);
    assertThat(sent).hasSize(Transport.HEADER + length + Transport.TAG);
    assertThat(Channel.receive(receiver, sent)).isEqualTo(message);
  }

  @Test
  void longerMessagesAreRefusedAndChangeNothing() throws Exception {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> sender.encrypt(new byte[Transport.MAX_MESSAGE + 1]));
    assertThat(Channel.receive(receiver, sender.encrypt(new byte[3]))).hasSize(3);
  }

  @Test
  void bothDirectionsRotateTheirKeysIndependently() throws Exception {
    for (int i = 0; i < 2500; i++) {
      byte[] message = Integer.toString(i).getBytes(US_ASCII);
      assertThat(Channel.receive(receiver, sender.encrypt(message))).isEqualTo(message);
      if (i % 3 == 0) {
        assertThat(Channel.receive(sender, receiver.encrypt(message))).isEqualTo(message);
      }
    }
  }

  @Test
  void theSameMessageNeverLooksTheSame() {
    assertThat(sender.encrypt(new byte[5])).isNotEqualTo(sender.encrypt(new byte[5]));
  }

  @Test
  void everyFlippedBitIsRefused() throws Exception {
    byte[] sent = sender.encrypt(new byte[5]);
    for (int bit = 0; bit < 8 * Transport.HEADER; bit++) {
      byte[] header = Arrays.copyOf(flipBit(sent, bit), Transport.HEADER);
      assertRefused(() -> newReceiver().decryptLength(header));
    }
    for (int bit = 8 * Transport.HEADER; bit < 8 * sent.length; bit++) {
      Transport fresh = newReceiver();
      fresh.decryptLength(Arrays.copyOf(sent, Transport.HEADER));
      byte[] flipped = flipBit(sent, bit);
      byte[] body = Arrays.copyOfRange(flipped, Transport.HEADER, sent.length);
      assertRefused(() -> fresh.decrypt(body));
    }
  }

  @Test
  void repeatedLostAndReflectedMessagesAreRefused() throws Exception {
    byte[] first = sender.encrypt(new byte[5]);
    byte[] second = sender.encrypt(new byte[5]);
    assertRefused(() -> Channel.receive(receiver, second));
    assertRefused(() -> Channel.receive(sender, first));
    Channel.receive(receiver, first);
    assertRefused(() -> Channel.receive(receiver, first));
  }

  @Test
  void headerAndBodyTakeTurns() throws Exception {
    byte[] sent = sender.encrypt(new byte[5]);
    byte[] header = Arrays.copyOf(sent, Transport.HEADER);
    byte[] body = Arrays.copyOfRange(sent, Transport.HEADER, sent.length);

    assertThatIllegalStateException().isThrownBy(() -> receiver.decrypt(body));
    assertThatIllegalStateException().isThrownBy(() -> receiver.decryptLength(body));
    assertThat(receiver.decryptLength(header)).isEqualTo(5);
    assertThatIllegalStateException().isThrownBy(() -> receiver.decryptLength(header));
    assertThatIllegalStateException().isThrownBy(() -> receiver.decrypt(header));
    assertThat(receiver.decrypt(body)).hasSize(5);
  }

  @Test
  void aClosedOneIsOfNoUse() {
    byte[] header = Arrays.copyOf(sender.encrypt(new byte[5]), Transport.HEADER);
    sender.close();
    receiver.close();
    assertThatIllegalStateException().isThrownBy(() -> sender.encrypt(new byte[5]));
    assertThatIllegalStateException().isThrownBy(() -> receiver.decryptLength(header));
  }

  private static Transport newReceiver() {
    return new Transport(CHAINING_KEY, BACK, THERE);
  }

  private static void assertRefused(ThrowingCallable reading) {
    assertThatExceptionOfType(TransportException.class).isThrownBy(reading);
  }

  private static byte[] filled(int length, int octet) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) octet);
    return bytes;
  }
}
