package org.cldcb.e2e.bench;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.security.SecureRandom;
import java.util.Optional;
import org.cldcb.crypto.PrivateKey;
import org.cldcb.link.Access;
import org.cldcb.transport.Handshake;
import org.cldcb.transport.HandshakeException;
import org.cldcb.transport.Transport;
import org.cldcb.transport.TransportException;
import org.cldcb.wire.Hello;
import org.cldcb.wire.Message;
import org.cldcb.wire.Mode;
import org.cldcb.wire.Welcome;

/** A writing session that needs no thread: one thread serves many. Not thread-safe. */
final class NodeChannel implements AutoCloseable {
  private static final int BUFFER = 4096;
  private static final int NONE = -1;

  private final SocketChannel channel;
  private final Transport transport;
  private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER).flip();
  private int bodyLength = NONE;

  private NodeChannel(SocketChannel channel, Transport transport) {
    this.channel = channel;
    this.transport = transport;
  }

  /** Connects, shakes hands and says hello, waiting for each answer. */
  static NodeChannel open(Access access, SecureRandom random) throws IOException {
    InetSocketAddress address =
        new InetSocketAddress(access.server().host(), access.server().port());
    SocketChannel channel = SocketChannel.open(address);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    NodeChannel node = new NodeChannel(channel, shakeHands(channel, access, random));
    node.send(
        new Hello(
            Hello.VERSION,
            Mode.WRITE,
            0,
            access.identity().network(),
            access.identity().nodeId(),
            access.delegation()));
    Optional<Message> answer = node.receive();
    while (answer.isEmpty()) {
      answer = node.receive();
    }
    if (!(answer.get() instanceof Welcome)) {
      throw new IOException("not welcome: " + answer.get());
    }
    return node;
  }

  private static Transport shakeHands(SocketChannel channel, Access access, SecureRandom random)
      throws IOException {
    try (PrivateKey ephemeral = PrivateKey.generate(random);
        Handshake handshake =
            Handshake.initiator(
                Handshake.PROLOGUE, access.delegateKey(), access.server().serverKey(), ephemeral)) {
      write(channel, handshake.start());
      ByteBuffer act = ByteBuffer.allocate(handshake.bytesWanted());
      while (act.hasRemaining()) {
        read(channel, act);
      }
      write(channel, handshake.read(act.array()));
      return handshake.transport();
    } catch (HandshakeException e) {
      throw new IOException(e);
    }
  }

  /** From now on {@link #receive} doesn't wait; the selector tells when there is something. */
  void register(Selector selector, Object attachment) throws IOException {
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_READ, attachment);
  }

  void send(Message message) throws IOException {
    write(channel, transport.encrypt(message.encode()));
  }

  /** Reads once from the socket; gives the next message if the whole of it is there. */
  Optional<Message> receive() throws IOException {
    in.compact();
    read(channel, in);
    in.flip();
    try {
      if (bodyLength == NONE && in.remaining() >= Transport.HEADER) {
        bodyLength = transport.decryptLength(take(Transport.HEADER)) + Transport.TAG;
      }
      if (bodyLength == NONE || in.remaining() < bodyLength) {
        return Optional.empty();
      }
      byte[] body = take(bodyLength);
      bodyLength = NONE;
      return Optional.of(Message.decode(transport.decrypt(body)));
    } catch (TransportException e) {
      throw new IOException(e);
    }
  }

  private byte[] take(int length) {
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }

  private static void read(SocketChannel channel, ByteBuffer into) throws IOException {
    if (channel.read(into) < 0) {
      throw new EOFException("the server closed the connection");
    }
  }

  /** The socket's buffer holds more than what a node in step has under way. */
  private static void write(SocketChannel channel, byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
    transport.close();
  }
}
