package org.cldcb.server.net;

import static org.cldcb.server.net.ServerRig.RANDOM;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.cldcb.chain.ChainDigest;
import org.cldcb.chain.Claim;
import org.cldcb.chain.Delegation;
import org.cldcb.chain.Head;
import org.cldcb.chain.Network;
import org.cldcb.chain.Position;
import org.cldcb.codec.Hash;
import org.cldcb.contact.Contact;
import org.cldcb.crypto.MessageSignature;
import org.cldcb.crypto.PrivateKey;
import org.cldcb.crypto.PublicKey;
import org.cldcb.format.EnvelopeParts;
import org.cldcb.format.Identity;
import org.cldcb.format.Place;
import org.cldcb.format.SealingRun;
import org.cldcb.io.Spool;
import org.cldcb.link.Access;
import org.cldcb.link.Session;
import org.cldcb.wire.AppendHow;
import org.cldcb.wire.Appended;
import org.cldcb.wire.BaseHow;
import org.cldcb.wire.Based;
import org.cldcb.wire.Hello;
import org.cldcb.wire.Mode;

/** A Lightning node with delegates, which seals whatever bytes it is given. */
final class TestNode {
  private static final int TIMEOUT_MILLIS = 15_000;

  private final PrivateKey key = PrivateKey.generate(RANDOM);
  private final Identity identity = new Identity(new Network("regtest"), key.publicKey());
  private final Map<PrivateKey, SealingRun> runs = new HashMap<>();

  PublicKey id() {
    return key.publicKey();
  }

  static PrivateKey newDelegate() {
    return PrivateKey.generate(RANDOM);
  }

  MessageSignature sign(String text) {
    return MessageSignature.sign(key, text);
  }

  MessageSignature delegation(PrivateKey delegate) {
    return sign(Delegation.delegationText(delegate.publicKey()));
  }

  Hello hello(PrivateKey delegate, Mode mode, long epoch) {
    return new Hello(Hello.VERSION, mode, epoch, identity.network(), id(), delegation(delegate));
  }

  Session open(Contact server, PrivateKey delegate, Mode mode, long epoch) throws IOException {
    Access access = new Access(server, identity, delegate, delegation(delegate));
    return Session.open(access, mode, epoch, RANDOM, TIMEOUT_MILLIS);
  }

  Session read(Contact server, PrivateKey delegate) throws IOException {
    return open(server, delegate, Mode.READ, 0);
  }

  Session write(Contact server, PrivateKey delegate) throws IOException {
    return open(server, delegate, Mode.WRITE, 0);
  }

  Claim claim(long number, PrivateKey delegate, Contact server) {
    String text = Delegation.claimText(number, delegate.publicKey(), server.serverKey());
    return new Claim(number, delegate.publicKey(), delegation(delegate), sign(text));
  }

  /** Makes the delegate the claimant, at the head as it is. */
  Claim takeOver(Contact server, PrivateKey delegate) throws IOException {
    try (Session session = read(server, delegate)) {
      Claim claim = claim(session.welcome().claimNumber() + 1, delegate, server);
      session.claim(claim, session.welcome().head());
      return claim;
    }
  }

  EnvelopeParts seal(PrivateKey delegate, Place place, byte[] plaintext) throws IOException {
    return runs.computeIfAbsent(delegate, one -> SealingRun.start(identity, one, RANDOM))
        .seal(place, Spool.of(plaintext));
  }

  /** An empty base that starts a chain. */
  Based startChain(Session session, PrivateKey delegate) throws IOException {
    return startChain(session, delegate, true);
  }

  /** An empty base, or with {@code begin} false one of what has been offered. */
  Based startChain(Session session, PrivateKey delegate, boolean begin) throws IOException {
    Head old = session.welcome().head();
    Position position =
        new Position(old.generation() + 1, old.seq() + 1, 0, ChainDigest.chainStart(Hash.ZERO));
    if (begin) {
      session.beginBase();
    }
    return session.putManifest(
        BaseHow.CHAIN_START,
        position,
        old.digest(),
        Hash.ZERO,
        seal(delegate, new Place.OfManifest(position), new byte[100]));
  }

  /** Appends a record of these bytes and returns the new head. */
  Head append(Session session, PrivateKey delegate, Head head, byte[] plaintext)
      throws IOException {
    Position position = head.next(head.dataVersion() + 1);
    Appended appended =
        session.append(
            AppendHow.APPEND,
            position,
            head.digest(),
            seal(delegate, new Place.OfRecord(position), plaintext),
            () -> {});
    return position.headWith(appended.digest());
  }
}
