package org.cldcb.e2e.bench;

import java.io.IOException;
import java.nio.channels.Selector;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import org.cldcb.chain.ChainDigest;
import org.cldcb.chain.Claim;
import org.cldcb.chain.Delegation;
import org.cldcb.chain.Head;
import org.cldcb.chain.Network;
import org.cldcb.chain.Position;
import org.cldcb.codec.Hash;
import org.cldcb.contact.Contact;
import org.cldcb.crypto.LocalNodeKey;
import org.cldcb.crypto.MessageSignature;
import org.cldcb.crypto.NodeKey;
import org.cldcb.crypto.PrivateKey;
import org.cldcb.e2e.rig.ServerProcess;
import org.cldcb.format.EnvelopeParts;
import org.cldcb.format.Identity;
import org.cldcb.format.Place;
import org.cldcb.format.SealingRun;
import org.cldcb.io.Spool;
import org.cldcb.link.Access;
import org.cldcb.link.Session;
import org.cldcb.wire.Append;
import org.cldcb.wire.AppendHow;
import org.cldcb.wire.Appended;
import org.cldcb.wire.BaseHow;
import org.cldcb.wire.Message;
import org.cldcb.wire.Mode;

/** A node whose records are sealed beforehand, so that it is the server that is measured. */
final class SealedNode implements AutoCloseable {
  /** What a write of a busy node comes to, padded. */
  private static final int RECORD_BYTES = 1024;

  private static final int TIMEOUT_MILLIS = 60_000;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final PrivateKey delegate = PrivateKey.generate(RANDOM);
  private final Identity identity;
  private final NodeChannel channel;
  private final Queue<Append> sealed = new ArrayDeque<>();
  private SealingRun run;
  private Head head;
  private long awaited;

  /**
   * Is allowed, claims, makes a base, and begins to write.
   *
   * @param selector tells when {@link #takeAck} has something to take
   */
  SealedNode(ServerProcess server, Selector selector) throws IOException {
    Contact contact = Contact.parse(server.contact());
    try (NodeKey key = new LocalNodeKey(PrivateKey.generate(RANDOM))) {
      identity = new Identity(new Network("regtest"), key.nodeId());
      server.allow(key.nodeId().toString(), "bench").orFail();
      MessageSignature delegation = key.sign(Delegation.delegationText(delegate.publicKey()));
      Access access = new Access(contact, identity, delegate, delegation);
      String claim = Delegation.claimText(1, delegate.publicKey(), contact.serverKey());
      try (Session reading = Session.open(access, Mode.READ, 0, RANDOM, TIMEOUT_MILLIS)) {
        reading.claim(new Claim(1, delegate.publicKey(), delegation, key.sign(claim)), Head.EMPTY);
      }
      run = SealingRun.start(identity, delegate, RANDOM);
      try (Session writing = Session.open(access, Mode.WRITE, 0, RANDOM, TIMEOUT_MILLIS)) {
        head = startChain(writing);
      }
      channel = NodeChannel.open(access, RANDOM);
      channel.register(selector, this);
    }
  }

  private Head startChain(Session session) throws IOException {
    Position start = new Position(1, 1, 0, ChainDigest.chainStart(Hash.ZERO));
    session.beginBase();
    return session
        .putManifest(
            BaseHow.CHAIN_START,
            start,
            Hash.ZERO,
            Hash.ZERO,
            run.seal(new Place.OfManifest(start), Spool.of(new byte[RECORD_BYTES])))
        .head();
  }

  /** Makes so many records, each upon the last. */
  void seal(int records) throws IOException {
    for (int i = 0; i < records; i++) {
      if (run.isUsedUp()) {
        run.close();
        run = SealingRun.start(identity, delegate, RANDOM);
      }
      byte[] content = new byte[RECORD_BYTES];
      RANDOM.nextBytes(content);
      Position position = head.next(head.dataVersion() + 1);
      EnvelopeParts record = run.seal(new Place.OfRecord(position), Spool.of(content));
      sealed.add(new Append(AppendHow.APPEND, position, head.digest(), record.next()));
      head = position.headWith(record.digest());
    }
  }

  /** Sends the next record, if one is left. */
  void sendNext() throws IOException {
    Append next = sealed.poll();
    if (next != null) {
      channel.send(next);
      awaited = next.position().seq();
    }
  }

  /** Takes what has come; whether that was the whole acknowledgement of the last record sent. */
  boolean takeAck() throws IOException {
    Optional<Message> answer = channel.receive();
    if (answer.isEmpty()) {
      return false;
    }
    if (!(answer.get() instanceof Appended appended) || appended.seq() != awaited) {
      throw new IOException("not acknowledged: " + answer.get());
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    channel.close();
    run.close();
    delegate.close();
  }
}
