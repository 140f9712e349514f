package org.cldcb.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.cldcb.crypto.Vectors.flipBit;

import java.security.SecureRandom;
import java.util.Arrays;
import org.cldcb.crypto.PrivateKey;
import org.cldcb.transport.HandshakeException.Reason;
import org.junit.jupiter.api.Test;

class HandshakeTest {

  private final Channel channel = new Channel();
  private final Handshake initiator = channel.initiator();
  private final Handshake responder = channel.responder();

  @Test
  void bothLearnWhoThePeerIsAndCanTalk() throws Exception {
    Channel.complete(initiator, responder);

    assertThat(initiator.remoteStatic()).isEqualTo(channel.responderStatic.publicKey());
    assertThat(responder.remoteStatic()).isEqualTo(channel.initiatorStatic.publicKey());
    assertTalk(initiator.transport(), responder.transport());
    assertTalk(responder.transport(), initiator.transport());
  }

  @Test
  void eachActHasTheSizeThatIsWanted() throws Exception {
    assertThat(initiator.bytesWanted()).isZero();
    assertThat(responder.bytesWanted()).isEqualTo(Handshake.ACT_ONE_BYTES);
    byte[] actOne = initiator.start();
    assertThat(actOne).hasSize(Handshake.ACT_ONE_BYTES);

    assertThat(initiator.bytesWanted()).isEqualTo(Handshake.ACT_TWO_BYTES);
    byte[] actTwo = responder.read(actOne);
    assertThat(actTwo).hasSize(Handshake.ACT_TWO_BYTES);

    assertThat(responder.bytesWanted()).isEqualTo(Handshake.ACT_THREE_BYTES);
    byte[] actThree = initiator.read(actTwo);
    assertThat(actThree).hasSize(Handshake.ACT_THREE_BYTES);
    assertThat(initiator.bytesWanted()).isZero();

    assertThat(responder.read(actThree)).isEmpty();
    assertThat(responder.bytesWanted()).isZero();
  }

  @Test
  void neitherIsCompleteBeforeItsLastAct() throws Exception {
    byte[] actOne = initiator.start();
    assertIncomplete(initiator);
    byte[] actTwo = responder.read(actOne);
    assertIncomplete(responder);
    initiator.read(actTwo);
    assertThat(initiator.complete()).isTrue();
    assertIncomplete(responder);
  }

  @Test
  void everyFlippedBitOfAnActIsRefused() throws Exception {
    byte[] actOne = initiator.start();
    byte[] actTwo = responder.read(actOne);
    byte[] actThree = initiator.read(actTwo);

    for (int bit = 0; bit < 8 * Handshake.ACT_ONE_BYTES; bit++) {
      assertRefused(1, channel.responder(), flipBit(actOne, bit));
    }
    for (int bit = 0; bit < 8 * Handshake.ACT_TWO_BYTES; bit++) {
      Handshake again = channel.initiator();
      again.start();
      assertRefused(2, again, flipBit(actTwo, bit));
    }
    for (int bit = 0; bit < 8 * Handshake.ACT_THREE_BYTES; bit++) {
      Handshake again = channel.responder();
      again.read(actOne);
      assertRefused(3, again, flipBit(actThree, bit));
    }
  }

  @Test
  void anyOtherLengthIsReadAsACutConnection() {
    byte[] actOne = initiator.start();
    for (int length : new int[] {0, 1, 49, 51, 66}) {
      assertThat(assertRefused(1, channel.responder(), Arrays.copyOf(actOne, length)))
          .isEqualTo(Reason.READ_FAILED);
    }
  }

  @Test
  void whoDoesNotKnowTheRespondersKeyGetsNoAnswer() {
    PrivateKey wrong = PrivateKey.generate(new SecureRandom());
    Handshake stranger =
        Handshake.initiator(
            Handshake.PROLOGUE,
            channel.initiatorStatic,
            wrong.publicKey(),
            channel.initiatorEphemeral);
    assertThat(assertRefused(1, responder, stranger.start())).isEqualTo(Reason.BAD_TAG);
  }

  @Test
  void whoHasNotTheRespondersKeyCannotAnswer() {
    PrivateKey wrong = PrivateKey.generate(new SecureRandom());
    Handshake impostor = Handshake.responder(Handshake.PROLOGUE, wrong, channel.responderEphemeral);
    assertThat(assertRefused(1, impostor, initiator.start())).isEqualTo(Reason.BAD_TAG);
  }

  @Test
  void aPeerWithAnotherPrologueIsRefused() {
    Handshake lightning =
        Handshake.responder("lightning", channel.responderStatic, channel.responderEphemeral);
    assertThat(assertRefused(1, lightning, initiator.start())).isEqualTo(Reason.BAD_TAG);
  }

  @Test
  void aReplayedHandshakeEndsAtActThree() throws Exception {
    byte[] actOne = initiator.start();
    byte[] actThree = initiator.read(responder.read(actOne));
    Handshake later =
        Handshake.responder(
            Handshake.PROLOGUE, channel.responderStatic, PrivateKey.generate(new SecureRandom()));
    later.read(actOne);
    assertThat(assertRefused(3, later, actThree)).isEqualTo(Reason.BAD_CIPHERTEXT);
  }

  @Test
  void theReasonIsReadable() {
    assertThat(new HandshakeException(2, Reason.BAD_TAG)).hasMessage("handshake act 2: bad tag");
  }

  @Test
  void onlyAnInitiatorStartsAndOnce() {
    assertThatIllegalStateException().isThrownBy(responder::start);
    assertThatIllegalStateException().isThrownBy(() -> initiator.read(new byte[0]));
    initiator.start();
    assertThatIllegalStateException().isThrownBy(initiator::start);
  }

  @Test
  void nothingCanBeReadAfterARefusal() {
    assertRefused(1, responder, new byte[Handshake.ACT_ONE_BYTES]);
    assertThat(responder.bytesWanted()).isZero();
    assertThatIllegalStateException().isThrownBy(() -> responder.read(initiator.start()));
  }

  @Test
  void anAbandonedOneIsOfNoUse() {
    initiator.close();
    initiator.close();
    assertThatIllegalStateException().isThrownBy(initiator::start);
    assertIncomplete(initiator);
  }

  @Test
  void theEphemeralKeyIsWipedAndTheStaticKeyKept() throws Exception {
    Handshake owner =
        Handshake.initiator(
            Handshake.PROLOGUE,
            channel.initiatorStatic,
            channel.responderStatic.publicKey(),
            channel.initiatorEphemeral);
    Channel.complete(owner, responder);
    assertThatIllegalStateException().isThrownBy(channel.initiatorEphemeral::bytes);
    assertThat(channel.initiatorStatic.bytes()).hasSize(PrivateKey.BYTES);
  }

  @Test
  void theTransportOutlivesTheHandshake() throws Exception {
    Channel.complete(initiator, responder);
    initiator.close();
    responder.close();
    assertThat(initiator.complete()).isTrue();
    assertTalk(initiator.transport(), responder.transport());
  }

  private static void assertTalk(Transport sender, Transport receiver) throws TransportException {
    byte[] message = "hello".getBytes(US_ASCII);
    assertThat(Channel.receive(receiver, sender.encrypt(message))).isEqualTo(message);
  }

  private static void assertIncomplete(Handshake handshake) {
    assertThat(handshake.complete()).isFalse();
    assertThatIllegalStateException().isThrownBy(handshake::transport);
    assertThatIllegalStateException().isThrownBy(handshake::remoteStatic);
  }

  private static Reason assertRefused(int number, Handshake handshake, byte[] act) {
    Reason[] reason = new Reason[1];
    assertThatExceptionOfType(HandshakeException.class)
        .isThrownBy(() -> handshake.read(act))
        .satisfies(e -> assertThat(e.act()).isEqualTo(number))
        .satisfies(e -> reason[0] = e.reason());
    assertIncomplete(handshake);
    return reason[0];
  }
}
