package org.cldcb.server.net;

import static org.cldcb.server.net.ServerRig.RANDOM;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import org.cldcb.contact.Contact;
import org.cldcb.crypto.PrivateKey;
import org.cldcb.transport.Handshake;
import org.cldcb.transport.HandshakeException;
import org.cldcb.transport.Transport;
import org.cldcb.transport.TransportException;
import org.cldcb.wire.Message;

/** A client that may send any bytes as a message. */
final class RawClient implements AutoCloseable {
  private final boolean trickle;
  private final Socket socket;
  private final DataInputStream in;
  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
  private final Transport transport;

  RawClient(Contact server, PrivateKey delegate) throws IOException, HandshakeException {
    this(server, delegate, false);
  }

  /** One that sends each byte alone. */
  static RawClient trickling(Contact server, PrivateKey delegate)
      throws IOException, HandshakeException {
    return new RawClient(server, delegate, true);
  }

  private RawClient(Contact server, PrivateKey delegate, boolean trickle)
      throws IOException, HandshakeException {
    this.trickle = trickle;
    socket = new Socket(server.host(), server.port());
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(15_000);
    in = new DataInputStream(socket.getInputStream());
    try (PrivateKey ephemeral = PrivateKey.generate(RANDOM);
        Handshake handshake =
            Handshake.initiator(Handshake.PROLOGUE, delegate, server.serverKey(), ephemeral)) {
      write(handshake.start());
      byte[] actTwo = new byte[Handshake.ACT_TWO_BYTES];
      in.readFully(actTwo);
      write(handshake.read(actTwo));
      transport = handshake.transport();
    }
  }

  void send(byte[] message) throws IOException {
    write(transport.encrypt(message));
  }

  void send(Message message) throws IOException {
    send(message.encode());
  }

  /** All that it sent since it connected, as a network in the middle records it. */
  byte[] sent() {
    return sent.toByteArray();
  }

  /** Sends bytes that are no encrypted message. */
  void write(byte[] bytes) throws IOException {
    sent.writeBytes(bytes);
    if (trickle) {
      for (byte one : bytes) {
        socket.getOutputStream().write(one);
      }
    } else {
      socket.getOutputStream().write(bytes);
    }
  }

  Message receive() throws IOException, TransportException {
    byte[] header = new byte[Transport.HEADER];
    in.readFully(header);
    byte[] body = new byte[transport.decryptLength(header) + Transport.TAG];
    in.readFully(body);
    return Message.decode(transport.decrypt(body));
  }

  boolean isAtEnd() throws IOException {
    return in.read() < 0;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
