package org.cldcb.plugin.backup;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.cldcb.chain.Head;
import org.cldcb.link.Access;
import org.cldcb.link.Session;
import org.cldcb.wire.Flags;
import org.cldcb.wire.Mode;
import org.cldcb.wire.Refused;
import org.cldcb.wire.Welcome;
import org.jspecify.annotations.Nullable;

/**
 * The writing session, made anew whenever it broke, and what the server last said of its head. Not
 * thread-safe: {@link Backup} guards it.
 */
final class Uplink {
  private static final int TIMEOUT_MILLIS = 15_000;

  /** Long enough beside a base that fills a slow line. */
  private static final int PING_TIMEOUT_MILLIS = 10_000;

  private final Access access;
  private final SecureRandom random;
  private @Nullable Session session;
  private final AtomicLong madeBeside = new AtomicLong();
  private volatile long epoch;
  private Head head = Head.EMPTY;
  private Head parent = Head.EMPTY;
  private Flags flags = new Flags(false, false, false);

  Uplink(Access access, SecureRandom random) {
    this.access = access;
    this.random = random;
  }

  /** Whether there is a session, as far as is known. */
  boolean isOpen() {
    return session != null;
  }

  /** The session; connects if there is none. */
  Session session() throws IOException {
    Session open = session;
    if (open == null) {
      // What the server says of its head now is newer than any base made beside the session before.
      madeBeside.set(0);
      open = Session.open(access, Mode.WRITE, 0, random, TIMEOUT_MILLIS);
      session = open;
      Welcome welcome = open.welcome();
      epoch = welcome.epoch();
      head = welcome.head();
      parent = welcome.parent();
      flags = welcome.flags();
    }
    return open;
  }

  /** A session beside the writing one, for a base. May be called from any thread. */
  Session bulk() throws IOException {
    return Session.open(access, Mode.BULK, epoch, random, TIMEOUT_MILLIS);
  }

  /** Makes sure that the server is there, if there is a session. */
  void ping() throws IOException {
    Session open = session;
    if (open != null) {
      open.setTimeout(PING_TIMEOUT_MILLIS);
      open.ping();
      open.setTimeout(TIMEOUT_MILLIS);
    }
  }

  void drop() {
    if (session != null) {
      session.close();
      session = null;
    }
  }

  /** The server's head, as far as this process knows. */
  Head head() {
    return head;
  }

  Head parent() {
    return parent;
  }

  Flags flags() {
    return flags;
  }

  /** The server took something: this is its head now. */
  void moved(Head newHead, Head newParent, Flags newFlags) {
    head = newHead;
    parent = newParent;
    flags = newFlags;
  }

  /** The server said what it has instead. */
  void corrected(Refused refused) {
    head = refused.head();
    parent = refused.parent();
  }

  void baseIsGone() {
    flags = new Flags(false, flags.baseWanted(), flags.nearlyFull());
  }

  /** A base was made beside this session. May be called from any thread. */
  void madeBeside(long generation) {
    madeBeside.set(generation);
  }

  /** Takes note of a base that was made beside: the head stands on it now. */
  void collect() {
    long generation = madeBeside.getAndSet(0);
    if (generation > head.generation()) {
      head = new Head(generation, head.seq(), head.dataVersion(), head.digest());
    }
  }
}
