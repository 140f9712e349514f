package org.cldcb.link;

import java.io.IOException;
import java.security.SecureRandom;
import org.cldcb.chain.Claim;
import org.cldcb.chain.Head;
import org.cldcb.chain.Position;
import org.cldcb.codec.FormatException;
import org.cldcb.codec.Hash;
import org.cldcb.crypto.MessageSignature;
import org.cldcb.format.EnvelopeParts;
import org.cldcb.wire.Append;
import org.cldcb.wire.AppendHow;
import org.cldcb.wire.Appended;
import org.cldcb.wire.BaseHow;
import org.cldcb.wire.Based;
import org.cldcb.wire.BeginBase;
import org.cldcb.wire.Chunk;
import org.cldcb.wire.ClaimRequest;
import org.cldcb.wire.Claimed;
import org.cldcb.wire.GetStatus;
import org.cldcb.wire.Held;
import org.cldcb.wire.Hello;
import org.cldcb.wire.Hold;
import org.cldcb.wire.Message;
import org.cldcb.wire.Mode;
import org.cldcb.wire.Offer;
import org.cldcb.wire.Offered;
import org.cldcb.wire.Ping;
import org.cldcb.wire.Pong;
import org.cldcb.wire.PutManifest;
import org.cldcb.wire.Refused;
import org.cldcb.wire.Segment;
import org.cldcb.wire.Status;
import org.cldcb.wire.Stored;
import org.cldcb.wire.Welcome;

/**
 * A session with the server: the hello is done, requests may follow (docs/PROTOCOL.md §3 to §5).
 * Not thread-safe, but for {@link #close}.
 */
public final class Session implements AutoCloseable {
  private final Connection connection;
  private final Welcome welcome;

  private Session(Connection connection, Welcome welcome) {
    this.connection = connection;
    this.welcome = welcome;
  }

  /**
   * Connects and says hello.
   *
   * @param epoch the writer epoch to join in {@link Mode#BULK}, else 0
   * @throws ServerErrorException where the server refuses
   * @throws SupersededException where it says that this delegate is superseded
   */
  public static Session open(
      Access access, Mode mode, long epoch, SecureRandom random, int timeoutMillis)
      throws IOException {
    Connection connection =
        Connection.open(access.server(), access.delegateKey(), random, timeoutMillis);
    try {
      connection.send(
          new Hello(
              Hello.VERSION,
              mode,
              epoch,
              access.identity().network(),
              access.identity().nodeId(),
              access.delegation()));
      return new Session(connection, expect(Welcome.class, connection.receive()));
    } catch (IOException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /** What the server said first. */
  public Welcome welcome() {
    return welcome;
  }

  /**
   * Appends a record, or replaces the head record, and waits until it is durable.
   *
   * @param sent runs when all is sent, before the answer is awaited
   * @return the new head and the server's flags
   * @throws RefusedException where the server can't
   */
  public Appended append(
      AppendHow how, Position position, Hash expected, EnvelopeParts envelope, Runnable sent)
      throws IOException {
    connection.send(new Append(how, position, expected, envelope.next()));
    sendRest(envelope);
    connection.flush();
    sent.run();
    Appended appended = expect(Appended.class, connection.receive());
    if (appended.seq() != position.seq() || !appended.digest().equals(envelope.digest())) {
      throw new FormatException("the server acknowledged something else than was sent");
    }
    return appended;
  }

  /** Begins a base. */
  public void beginBase() throws IOException {
    connection.send(new BeginBase());
  }

  /** Asks which of these chunks the server lacks. */
  public Offered offer(Offer offer) throws IOException {
    connection.send(offer);
    Offered offered = expect(Offered.class, connection.receive());
    if (offered.digests().size() != offer.ids().size()) {
      throw new FormatException("the server answered another number of chunks");
    }
    return offered;
  }

  /** Sends a chunk; {@link #awaitStored} takes the answers, in the order of sending. */
  public void sendChunk(Hash id, EnvelopeParts envelope) throws IOException {
    connection.send(new Chunk(id, envelope.next()));
    sendRest(envelope);
  }

  /** The next answer to a chunk sent. */
  public Stored awaitStored() throws IOException {
    return expect(Stored.class, connection.receive());
  }

  /**
   * Completes a base and waits until it is durable.
   *
   * @param parent digest of the manifest that a delta stands on; zeros: it is a full one
   * @return the head that stands on it, and the server's flags
   */
  public Based putManifest(
      BaseHow how, Position position, Hash expected, Hash parent, EnvelopeParts envelope)
      throws IOException {
    connection.send(new PutManifest(how, position, expected, parent, envelope.next()));
    sendRest(envelope);
    Based based = expect(Based.class, connection.receive());
    // Records may have come above a base on a head. A chain that starts has none.
    boolean own =
        how == BaseHow.CHAIN_START
            ? based.head().equals(position.asHead())
            : based.head().generation() == position.generation();
    if (!own) {
      throw new FormatException("the server acknowledged another base than was sent");
    }
    return based;
  }

  /** Claims at exactly this head. */
  public void claim(Claim claim, Head expected) throws IOException {
    MessageSignature signature = claim.signature();
    connection.send(new ClaimRequest(claim.number(), signature, expected));
    Claimed claimed = expect(Claimed.class, connection.receive());
    if (claimed.number() != claim.number()) {
      throw new FormatException("the server acknowledged another claim");
    }
  }

  /** Lets nobody else commit until this session claims or ends, or ten seconds are over. */
  public Held hold() throws IOException {
    connection.send(new Hold());
    return expect(Held.class, connection.receive());
  }

  public Status status() throws IOException {
    connection.send(new GetStatus());
    return expect(Status.class, connection.receive());
  }

  /** Makes sure that the server is there; the answer's time is a round trip. */
  public void ping() throws IOException {
    connection.send(new Ping(0));
    expect(Pong.class, connection.receive());
  }

  /** Sends any message. */
  public void send(Message message) throws IOException {
    connection.send(message);
  }

  /** The next message; a refusal becomes an exception. */
  public Message receive() throws IOException {
    Message message = connection.receive();
    if (message instanceof Refused refused) {
      throw new RefusedException(refused);
    }
    return message;
  }

  /** The next message, which must be of this type; a refusal becomes an exception. */
  public <T extends Message> T receive(Class<T> type) throws IOException {
    return expect(type, connection.receive());
  }

  /** A further part of an envelope whose first part came in the message before. */
  public byte[] receivePart() throws IOException {
    return receive(Segment.class).bytes();
  }

  /** Bounds each receive from now on; 0 waits for ever. */
  public void setTimeout(int millis) throws IOException {
    connection.setTimeout(millis);
  }

  @Override
  public void close() {
    connection.close();
  }

  private void sendRest(EnvelopeParts envelope) throws IOException {
    while (envelope.hasNext()) {
      connection.send(new Segment(envelope.next()));
    }
  }

  private static <T extends Message> T expect(Class<T> type, Message message) throws IOException {
    if (message instanceof Refused refused) {
      throw new RefusedException(refused);
    }
    if (!type.isInstance(message)) {
      throw new FormatException("the server sent a message that is out of place");
    }
    return type.cast(message);
  }
}
