package org.cldcb.fuzz;

import java.nio.ByteBuffer;
import org.cldcb.transport.Handshake;
import org.cldcb.transport.HandshakeException;
import org.cldcb.transport.Transport;
import org.cldcb.transport.TransportException;

/**
 * What comes in on a connection: the acts of the handshake, then messages, until the input ends.
 * Every key is fixed, so that the peer that sent what was taken must send the same bytes again.
 */
final class Frames {
  private Frames() {}

  static void toResponder(byte[] input) throws HandshakeException, TransportException {
    ByteBuffer in = ByteBuffer.wrap(input);
    try (Handshake end = responder();
        Handshake peer = initiator()) {
      byte[] actOne = take(in, Handshake.ACT_ONE_BYTES);
      byte[] actTwo = end.read(actOne);
      Same.bytes(actOne, peer.start());
      byte[] actThree = take(in, Handshake.ACT_THREE_BYTES);
      end.read(actThree);
      Same.bytes(actThree, peer.read(actTwo));
      messages(in, end.transport(), peer.transport());
    }
  }

  static void toInitiator(byte[] input) throws HandshakeException, TransportException {
    ByteBuffer in = ByteBuffer.wrap(input);
    try (Handshake end = initiator();
        Handshake peer = responder()) {
      byte[] actOne = end.start();
      byte[] actTwo = take(in, Handshake.ACT_TWO_BYTES);
      byte[] actThree = end.read(actTwo);
      Same.bytes(actTwo, peer.read(actOne));
      peer.read(actThree);
      messages(in, end.transport(), peer.transport());
    }
  }

  private static void messages(ByteBuffer in, Transport end, Transport peer)
      throws TransportException {
    try (end;
        peer) {
      while (in.remaining() >= Transport.HEADER) {
        int start = in.position();
        int size = end.decryptLength(take(in, Transport.HEADER)) + Transport.TAG;
        if (in.remaining() < size) {
          return;
        }
        byte[] message = end.decrypt(take(in, size));
        byte[] frame = new byte[in.position() - start];
        in.get(start, frame);
        Same.bytes(frame, peer.encrypt(message));
      }
    }
  }

  /** As many bytes as are there, where the connection ends before. */
  private static byte[] take(ByteBuffer in, int length) {
    byte[] bytes = new byte[Math.min(length, in.remaining())];
    in.get(bytes);
    return bytes;
  }

  private static Handshake initiator() {
    return Handshake.initiator(
        Handshake.PROLOGUE, Keys.DELEGATE, Keys.SERVER.publicKey(), Keys.key(0x33));
  }

  private static Handshake responder() {
    return Handshake.responder(Handshake.PROLOGUE, Keys.SERVER, Keys.key(0x55));
  }
}
