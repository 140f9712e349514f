package org.cldcb.transport;

import java.security.SecureRandom;
import java.util.Arrays;
import org.cldcb.crypto.PrivateKey;

/** Two ends of a handshake in one test, with what goes between them. */
final class Channel {

  private static final SecureRandom RANDOM = new SecureRandom();

  final PrivateKey initiatorStatic = PrivateKey.generate(RANDOM);
  final PrivateKey responderStatic = PrivateKey.generate(RANDOM);
  final PrivateKey initiatorEphemeral = PrivateKey.generate(RANDOM);
  final PrivateKey responderEphemeral = PrivateKey.generate(RANDOM);

  /** New in every call, from the same keys: the acts come out the same. */
  Handshake initiator() {
    return Handshake.initiator(
        Handshake.PROLOGUE,
        initiatorStatic,
        responderStatic.publicKey(),
        PrivateKey.of(initiatorEphemeral.bytes()));
  }

  /** New in every call, from the same keys: the acts come out the same. */
  Handshake responder() {
    return Handshake.responder(
        Handshake.PROLOGUE, responderStatic, PrivateKey.of(responderEphemeral.bytes()));
  }

  /** Carries the acts to and fro until both are complete. */
  static void complete(Handshake initiator, Handshake responder) throws HandshakeException {
    byte[] actTwo = responder.read(initiator.start());
    responder.read(initiator.read(actTwo));
  }

  /** Reads what {@link Transport#encrypt} returned. */
  static byte[] receive(Transport receiver, byte[] sent) throws TransportException {
    int length = receiver.decryptLength(Arrays.copyOf(sent, Transport.HEADER));
    byte[] body = Arrays.copyOfRange(sent, Transport.HEADER, sent.length);
    if (body.length != length + Transport.TAG) {
      throw new AssertionError("the header says " + length + " for a body of " + body.length);
    }
    return receiver.decrypt(body);
  }
}
