package org.cldcb.link;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import org.cldcb.contact.Contact;
import org.cldcb.crypto.PrivateKey;
import org.cldcb.transport.Handshake;
import org.cldcb.transport.HandshakeException;
import org.cldcb.transport.Transport;
import org.cldcb.transport.TransportException;
import org.cldcb.wire.ErrorMessage;
import org.cldcb.wire.Message;
import org.cldcb.wire.Superseded;

/**
 * An encrypted connection to a server whose key it has proven to have. What is sent is buffered
 * until the next receive or flush. Not thread-safe, but {@link #close} may be called from any
 * thread and ends a blocked receive.
 */
public final class Connection implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  private final Socket socket;
  private final DataInputStream in;
  private final OutputStream out;
  private final Transport transport;

  private Connection(Socket socket, DataInputStream in, OutputStream out, Transport transport) {
    this.socket = socket;
    this.in = in;
    this.out = out;
    this.transport = transport;
  }

  /**
   * Connects and completes the handshake.
   *
   * @param timeoutMillis for each step: connecting, and each read and write from then on
   * @throws IOException with a line that says what failed
   */
  public static Connection open(
      Contact server, PrivateKey delegateKey, SecureRandom random, int timeoutMillis)
      throws IOException {
    Socket socket = new Socket();
    try {
      InetSocketAddress address = new InetSocketAddress(server.host(), server.port());
      if (address.isUnresolved()) {
        throw new UnknownHostException("the server's name can't be resolved: " + server.host());
      }
      socket.connect(address, timeoutMillis);
      socket.setTcpNoDelay(true);
      socket.setKeepAlive(true);
      socket.setSoTimeout(timeoutMillis);
      return shakeHands(socket, server, delegateKey, random, timeoutMillis);
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  private static Connection shakeHands(
      Socket socket, Contact server, PrivateKey delegateKey, SecureRandom random, int timeoutMillis)
      throws IOException {
    DataInputStream in =
        new DataInputStream(new BufferedInputStream(socket.getInputStream(), BUFFER));
    OutputStream out = new BufferedOutputStream(new BoundedOutput(socket, timeoutMillis), BUFFER);
    try (PrivateKey ephemeral = PrivateKey.generate(random);
        Handshake handshake =
            Handshake.initiator(Handshake.PROLOGUE, delegateKey, server.serverKey(), ephemeral)) {
      out.write(handshake.start());
      out.flush();
      while (!handshake.complete()) {
        byte[] act = new byte[handshake.bytesWanted()];
        in.readFully(act);
        out.write(handshake.read(act));
        out.flush();
      }
      return new Connection(socket, in, out, handshake.transport());
    } catch (EOFException e) {
      throw new IOException(
          "the server closed the connection at once: is the key in the contact this server's?", e);
    } catch (HandshakeException e) {
      throw new IOException("what answers there is not the server of this contact", e);
    }
  }

  /** Bounds each receive from now on; 0 waits for ever. */
  public void setTimeout(int millis) throws IOException {
    socket.setSoTimeout(millis);
  }

  /**
   * Sends a message, at the latest with the next receive.
   *
   * @throws ConnectionLostException if the connection broke
   */
  public void send(Message message) throws IOException {
    byte[] frame = transport.encrypt(message.encode());
    try {
      out.write(frame);
    } catch (IOException e) {
      throw lost(e);
    }
  }

  /**
   * Sends what was held back.
   *
   * @throws ConnectionLostException if the connection broke
   */
  public void flush() throws IOException {
    try {
      out.flush();
    } catch (IOException e) {
      throw lost(e);
    }
  }

  /**
   * The next message.
   *
   * @throws ConnectionLostException if the connection broke, or nothing came in time
   * @throws ServerErrorException if the server ends the connection with a reason
   * @throws SupersededException if it says that this delegate is superseded
   */
  public Message receive() throws IOException {
    flush();
    try {
      byte[] header = read(Transport.HEADER);
      byte[] body = read(transport.decryptLength(header) + Transport.TAG);
      Message message = Message.decode(transport.decrypt(body));
      if (message instanceof ErrorMessage error) {
        throw new ServerErrorException(error.code(), error.printable());
      }
      if (message instanceof Superseded superseded) {
        throw new SupersededException(superseded.claim());
      }
      return message;
    } catch (TransportException e) {
      throw new IOException("the connection was tampered with", e);
    }
  }

  private byte[] read(int length) throws ConnectionLostException {
    byte[] bytes = new byte[length];
    try {
      in.readFully(bytes);
      return bytes;
    } catch (IOException e) {
      throw lost(e);
    }
  }

  private static ConnectionLostException lost(IOException e) {
    if (e instanceof EOFException) {
      return new ConnectionLostException("the server closed the connection", e);
    }
    if (e instanceof SocketTimeoutException) {
      return new ConnectionLostException("the server doesn't answer", e);
    }
    return new ConnectionLostException("the connection broke: " + e.getMessage(), e);
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // It is going away either way.
      return;
    }
  }
}
