package org.cldcb.client.server;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.cldcb.chain.Claim;
import org.cldcb.chain.Head;
import org.cldcb.codec.Hash;
import org.cldcb.contact.Contact;
import org.cldcb.crypto.PrivateKey;
import org.cldcb.crypto.PublicKey;
import org.cldcb.transport.Handshake;
import org.cldcb.transport.Transport;
import org.cldcb.wire.Chunk;
import org.cldcb.wire.ClaimRequest;
import org.cldcb.wire.Claimed;
import org.cldcb.wire.ErrorCode;
import org.cldcb.wire.ErrorMessage;
import org.cldcb.wire.Flags;
import org.cldcb.wire.GetStatus;
import org.cldcb.wire.Hello;
import org.cldcb.wire.Message;
import org.cldcb.wire.Offer;
import org.cldcb.wire.Offered;
import org.cldcb.wire.Ping;
import org.cldcb.wire.Pong;
import org.cldcb.wire.RefusalCode;
import org.cldcb.wire.Refused;
import org.cldcb.wire.Standing;
import org.cldcb.wire.Status;
import org.cldcb.wire.Stored;
import org.cldcb.wire.Superseded;
import org.cldcb.wire.Welcome;

/** As much of a server as install and status talk to; what it says is set by the test. */
public final class FakeServer implements AutoCloseable {
  private final SecureRandom random = new SecureRandom();
  private final PrivateKey key = PrivateKey.generate(random);
  private final ServerSocket socket;
  private final List<Claim> claims = new CopyOnWriteArrayList<>();

  /** What status says of the node's quota; 0: none. */
  public volatile long quota;

  /** Whether the node is on the allow-list. */
  public volatile boolean allowed = true;

  public volatile Head head = Head.EMPTY;
  public volatile boolean usableBase;

  /** How many claims from now on find that the head has moved. */
  public volatile int movingHeads;

  /** Done after a claim was taken. */
  public volatile Runnable onClaim = () -> {};

  /** How many chunks were stored. */
  public volatile int chunks;

  public FakeServer() throws IOException {
    socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::serve, "fake server");
    thread.setDaemon(true);
    thread.start();
  }

  public Contact contact() {
    return new Contact(key.publicKey(), "127.0.0.1", socket.getLocalPort());
  }

  public List<Claim> claims() {
    return claims;
  }

  /** As if a plugin had backed up all until this version. */
  public void backedUp(long dataVersion) {
    head = new Head(1, dataVersion, dataVersion, Hash.of(filled()));
    usableBase = true;
  }

  /** Loses all, as a server does whose disk was replaced. */
  public void loseStore() {
    claims.clear();
    head = Head.EMPTY;
    usableBase = false;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private void serve() {
    while (!socket.isClosed()) {
      try (Socket client = socket.accept()) {
        converse(client);
      } catch (Exception e) {
        // The client went away, or the test is over.
        continue;
      }
    }
  }

  private void converse(Socket client) throws Exception {
    DataInputStream in = new DataInputStream(client.getInputStream());
    OutputStream out = client.getOutputStream();
    Handshake handshake = Handshake.responder(Handshake.PROLOGUE, key, PrivateKey.generate(random));
    while (!handshake.complete()) {
      out.write(handshake.read(in.readNBytes(handshake.bytesWanted())));
    }
    PublicKey delegate = handshake.remoteStatic();
    Transport transport = handshake.transport();
    Hello hello = null;
    while (true) {
      int length = transport.decryptLength(in.readNBytes(Transport.HEADER));
      Message message = Message.decode(transport.decrypt(in.readNBytes(length + Transport.TAG)));
      hello = message instanceof Hello first ? first : hello;
      out.write(transport.encrypt(answer(message, delegate, hello).encode()));
    }
  }

  private Message answer(Message message, PublicKey delegate, Hello hello) {
    if (message instanceof Hello) {
      return welcome(delegate);
    } else if (message instanceof ClaimRequest request) {
      return claim(request, delegate, hello);
    } else if (message instanceof Offer offer) {
      return new Offered(offer.ids().stream().map(id -> Hash.ZERO).toList());
    } else if (message instanceof Chunk chunk) {
      chunks++;
      return new Stored(chunk.id(), chunk.id());
    } else if (message instanceof Ping ping) {
      return new Pong(ping.value());
    } else if (message instanceof GetStatus) {
      return new Status(3, 3000, 1_000_000, 2, 1, 990, 2_000_000, quota);
    }
    return new ErrorMessage(ErrorCode.BAD_MESSAGE, "unexpected " + message.type());
  }

  private Message welcome(PublicKey delegate) {
    if (!allowed) {
      return new ErrorMessage(ErrorCode.NOT_ALLOWED, "not on the allow-list");
    }
    Claim last = claims.isEmpty() ? null : claims.get(claims.size() - 1);
    boolean claimant = last != null && last.delegate().equals(delegate);
    if (!claimant && claims.stream().anyMatch(claim -> claim.delegate().equals(delegate))) {
      return new Superseded(last);
    }
    Standing standing =
        claimant ? Standing.CLAIMANT : last == null ? Standing.UNCLAIMED : Standing.NEW;
    return new Welcome(
        1000, standing, claims.size(), 0, head, Head.EMPTY, new Flags(usableBase, false, false));
  }

  private Message claim(ClaimRequest request, PublicKey delegate, Hello hello) {
    if (movingHeads > 0 || !request.expected().equals(head)) {
      movingHeads--;
      return new Refused(RefusalCode.HEAD_MOVED, head, Head.EMPTY);
    }
    Claim claim = new Claim(request.number(), delegate, hello.delegation(), request.signature());
    if (request.number() != claims.size() + 1 || !claim.isValid(hello.nodeId(), key.publicKey())) {
      return new Refused(RefusalCode.BAD_CLAIM, head, Head.EMPTY);
    }
    claims.add(claim);
    onClaim.run();
    return new Claimed(request.number());
  }

  private static byte[] filled() {
    byte[] bytes = new byte[Hash.SIZE];
    Arrays.fill(bytes, (byte) 7);
    return bytes;
  }
}
