package org.cldcb.link;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.SecureRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.cldcb.chain.Delegation;
import org.cldcb.chain.Head;
import org.cldcb.contact.Contact;
import org.cldcb.crypto.MessageSignature;
import org.cldcb.crypto.PrivateKey;
import org.cldcb.crypto.PublicKey;
import org.cldcb.format.ExampleKeys;
import org.cldcb.transport.Handshake;
import org.cldcb.transport.HandshakeException;
import org.cldcb.transport.Transport;
import org.cldcb.transport.TransportException;
import org.cldcb.wire.Flags;
import org.cldcb.wire.Hello;
import org.cldcb.wire.Message;
import org.cldcb.wire.Standing;
import org.cldcb.wire.Welcome;

/** A server for one connection, which does what its script says and then closes. */
public final class TestServer implements AutoCloseable {
  public static final Flags FLAGS = new Flags(true, false, false);
  public static final SecureRandom RANDOM = new SecureRandom();

  /** Long enough for a slow machine. */
  public static final int TIMEOUT_MILLIS = 10_000;

  private final ServerSocket listener;
  private final CompletableFuture<Void> done = new CompletableFuture<>();

  private TestServer(ServerSocket listener) {
    this.listener = listener;
  }

  /** What the server does with its connection. */
  @FunctionalInterface
  public interface Script {
    void run(Peer peer) throws Exception;
  }

  public static TestServer start(Script script) throws IOException {
    ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    TestServer server = new TestServer(listener);
    Thread thread = new Thread(() -> server.serve(script), "test server");
    thread.setDaemon(true);
    thread.start();
    return server;
  }

  public Contact contact() {
    return contact(ExampleKeys.SERVER.publicKey());
  }

  public Contact contact(PublicKey key) {
    return new Contact(key, listener.getInetAddress().getHostAddress(), listener.getLocalPort());
  }

  public Access access() {
    PublicKey delegate = ExampleKeys.DELEGATE.publicKey();
    return new Access(
        contact(),
        ExampleKeys.IDENTITY,
        ExampleKeys.DELEGATE,
        MessageSignature.sign(ExampleKeys.NODE, Delegation.delegationText(delegate)));
  }

  /** Fails where the script failed. */
  @Override
  public void close() throws IOException {
    listener.close();
    try {
      done.get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
    } catch (Exception e) {
      throw new AssertionError("the server's script failed", e);
    }
  }

  private void serve(Script script) {
    try (Socket socket = listener.accept()) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      script.run(new Peer(socket));
      done.complete(null);
    } catch (Exception | AssertionError e) {
      done.completeExceptionally(e);
    }
  }

  /** The server's end of the connection. */
  public static final class Peer {
    public final Socket socket;
    public final DataInputStream in;
    public final OutputStream out;
    private Transport transport;

    private Peer(Socket socket) throws IOException {
      this.socket = socket;
      in = new DataInputStream(socket.getInputStream());
      out = socket.getOutputStream();
    }

    /** The handshake; returns who is there. */
    public PublicKey shakeHands() throws IOException {
      return shakeHands(ExampleKeys.SERVER);
    }

    PublicKey shakeHands(PrivateKey serverKey) throws IOException {
      Handshake handshake =
          Handshake.responder(Handshake.PROLOGUE, serverKey, PrivateKey.generate(RANDOM));
      while (!handshake.complete()) {
        byte[] act = new byte[handshake.bytesWanted()];
        in.readFully(act);
        try {
          out.write(handshake.read(act));
        } catch (HandshakeException e) {
          throw new IOException(e);
        }
      }
      transport = handshake.transport();
      return handshake.remoteStatic();
    }

    public byte[] receiveBytes() throws IOException {
      byte[] header = new byte[Transport.HEADER];
      in.readFully(header);
      try {
        byte[] body = new byte[transport.decryptLength(header) + Transport.TAG];
        in.readFully(body);
        return transport.decrypt(body);
      } catch (TransportException e) {
        throw new IOException(e);
      }
    }

    public Message receive() throws IOException {
      return Message.decode(receiveBytes());
    }

    public <T extends Message> T receive(Class<T> type) throws IOException {
      return type.cast(receive());
    }

    public void send(Message message) throws IOException {
      out.write(encrypt(message.encode()));
    }

    byte[] encrypt(byte[] message) {
      return transport.encrypt(message);
    }

    /** Handshake, hello, welcome. */
    public Hello welcome() throws IOException {
      shakeHands();
      Hello hello = receive(Hello.class);
      send(new Welcome(ExampleKeys.TIME, Standing.CLAIMANT, 1, 5, Head.EMPTY, Head.EMPTY, FLAGS));
      return hello;
    }

    /** Waits until the client is gone. */
    public void awaitEnd() throws IOException {
      try {
        while (in.read() >= 0) {
          continue;
        }
      } catch (java.net.SocketException e) {
        // A reset is an end as well.
        return;
      }
    }
  }
}
