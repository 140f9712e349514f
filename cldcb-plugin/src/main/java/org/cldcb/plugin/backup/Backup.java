package org.cldcb.plugin.backup;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.concurrent.locks.ReentrantLock;
import org.cldcb.chain.Head;
import org.cldcb.chain.Position;
import org.cldcb.contact.Wrapper;
import org.cldcb.contact.WrapperFile;
import org.cldcb.format.EnvelopeParts;
import org.cldcb.format.Place;
import org.cldcb.format.RunSource;
import org.cldcb.format.SealingRun;
import org.cldcb.link.Access;
import org.cldcb.link.RefusedException;
import org.cldcb.link.Session;
import org.cldcb.link.SupersededException;
import org.cldcb.plugin.rpc.Incoming.DbWrite;
import org.cldcb.sqlite.DataVersion;
import org.cldcb.wire.AppendHow;
import org.cldcb.wire.Appended;
import org.jspecify.annotations.Nullable;

/**
 * Makes each db_write recoverable before lightningd acts on it. {@link #write} returns only once
 * the server has acknowledged a complete chain that ends with the write; it waits for whatever may
 * mend itself, and halts only on proof. Thread-safe; lightningd has one write under way at a time.
 */
public final class Backup {
  /** Bytes that any socket takes without waiting for its peer, if it has sent all before. */
  private static final int SURELY_SENT = 8192;

  private final Path wrapperFile;
  private final Tombstone tombstone;
  private final Journal journal;
  private final SecureRandom random;
  private final Wrapper wrapper;
  private final Path scratch;
  private final Uplink uplink;
  private final RunSource runs;
  private final Bases bases;
  private final KnownHeads known;
  private final ReentrantLock lock = new ReentrantLock();

  private @Nullable Head left;
  private long lastVersion;
  private boolean foreignKeysOff;

  private Backup(Path wrapperFile, Wrapper wrapper, Journal journal, SecureRandom random) {
    this.wrapperFile = wrapperFile;
    this.wrapper = wrapper;
    this.journal = journal;
    this.random = random;
    tombstone = new Tombstone(wrapperFile);
    scratch = wrapper.folder();
    uplink = new Uplink(Access.of(wrapper), random);
    runs = new RunSource(wrapper.identity(), wrapper.delegateKey(), random);
    bases = new Bases(wrapper, uplink, journal, random);
    known = new KnownHeads(scratch);
  }

  /**
   * Reads the wrapper. Changes nothing and connects to nobody: a second lightningd on the same
   * folder starts its plugins before it notices.
   *
   * @param started the folder that lightningd started the plugin in
   * @throws IOException if the wrapper can't be used: its message says what to do
   */
  public static Backup open(Path wrapperFile, Path started, Journal journal, SecureRandom random)
      throws IOException {
    Wrapper wrapper = WrapperFile.read(wrapperFile);
    try {
      Home.require(wrapperFile, wrapper, started);
    } catch (IOException e) {
      wrapper.close();
      throw e;
    }
    return new Backup(wrapperFile, wrapper, journal, random);
  }

  /**
   * Returns once the write is recoverable.
   *
   * @param waits runs before anything is waited for, perhaps more than once
   */
  public void write(DbWrite call, Runnable waits) throws HaltException, InterruptedException {
    if (tombstone.exists()) {
      throw HaltException.superseded();
    }
    if (!lock.tryLock()) {
      waits.run();
      lock.lock();
    }
    try {
      Backoff backoff = new Backoff();
      Attempt attempt = new Attempt(call, waits);
      while (!safely(attempt)) {
        waits.run();
        backoff.pause();
      }
    } finally {
      lock.unlock();
    }
    journal.goesOn();
  }

  /** Makes what the next write may need, while nobody waits. */
  public void prepare() {
    lock.lock();
    try {
      runs.prepare();
      known.keep();
    } catch (IOException e) {
      journal.debug("can't keep the head for the next start: " + e.getMessage());
    } finally {
      lock.unlock();
    }
  }

  /** Finds a dead connection while nobody waits for it. */
  public void keepAlive() {
    lock.lock();
    try {
      uplink.ping();
    } catch (IOException e) {
      uplink.drop();
      journal.debug("connection to the server lost: " + e.getMessage());
    } finally {
      lock.unlock();
    }
  }

  private boolean safely(Attempt attempt) throws HaltException {
    try {
      return attempt.run();
    } catch (SupersededException e) {
      uplink.drop();
      believe(e);
    } catch (IOException e) {
      uplink.drop();
      journal.waiting(Reasons.of(e, wrapper));
    }
    return false;
  }

  /** Superseded is for ever, so it takes proof: the node's own signatures over a later claim. */
  private void believe(SupersededException e) throws HaltException {
    try (Wrapper current = WrapperFile.read(wrapperFile)) {
      if (current.isSupersededBy(e.claim())) {
        tombstone.write();
        throw HaltException.superseded();
      }
      journal.waiting(
          "the server says superseded but proves nothing: is the wrapper's server right?");
    } catch (IOException unreadable) {
      journal.waiting("superseded, but can't check or note it: " + unreadable.getMessage());
    }
  }

  /** One write, tried as often as it takes; a retry at the same position sends the same bytes. */
  private final class Attempt {
    private final DbWrite call;
    private final Runnable waits;
    private @Nullable SealingRun run;
    private @Nullable Head sealed;
    private long onDisk = -1;

    Attempt(DbWrite call, Runnable waits) {
      this.call = call;
      this.waits = waits;
    }

    /**
     * Whether the write is recoverable now; if not, the situation has changed and it is tried
     * again.
     */
    boolean run() throws IOException, HaltException {
      if (!uplink.isOpen() || call.record().size() > SURELY_SENT) {
        waits.run();
      }
      Session session = uplink.session();
      uplink.collect();
      if (isThere() && uplink.flags().usableBase()) {
        done(uplink.head(), Head.EMPTY);
        return true;
      }
      if (bases.isStart(uplink.head())) {
        started(uplink.head());
      }
      switch (decide()) {
        case APPEND -> {
          return append(session);
        }
        case REPLACE -> {
          return replace(session);
        }
        case BASE -> {
          waits.run();
          started(bases.startChain(session, runs, onDisk(), foreignKeysOff));
          return false;
        }
        case BEHIND -> throw HaltException.behind(onDisk(), uplink.head().dataVersion());
        default ->
            throw new IOException(
                "lightningd writes version "
                    + call.dataVersion()
                    + " but "
                    + wrapper.database()
                    + " has version "
                    + onDisk()
                    + ": was `wallet` changed? run cldcb-client install");
      }
    }

    /** Whether the server got the record though its answer got lost. */
    private boolean isThere() {
      return sealed != null && sealed.sameRecord(uplink.head());
    }

    private Decision decide() throws IOException, HaltException {
      Head head = uplink.head();
      Head mine = left;
      if (isThere()) {
        return Decision.BASE;
      }
      if (mine != null && !head.sameRecord(mine)) {
        if (head.seq() >= mine.seq()) {
          throw HaltException.foreignWriter();
        }
        return Decision.BASE;
      }
      if (mine != null && uplink.flags().usableBase() && follows()) {
        return Decision.APPEND;
      }
      Decision decision =
          Decision.of(
              call.dataVersion(), onDisk(), head, uplink.parent(), uplink.flags().usableBase());
      Head basis = decision == Decision.REPLACE ? uplink.parent() : head;
      boolean builds = decision == Decision.REPLACE || decision == Decision.APPEND;
      if (mine == null && builds && known.contradict(basis)) {
        journal.unusual("the server shows another record than it acknowledged before");
        return Decision.BASE;
      }
      return decision;
    }

    /**
     * Whether this process's last write must have been committed, so that the file needn't be read.
     */
    private boolean follows() {
      return call.dataVersion() == lastVersion + 1
          || call.dataVersion() == lastVersion && call.pragma();
    }

    private boolean append(Session session) throws IOException {
      Head before = uplink.head();
      boolean fresh = left == null;
      boolean within = foreignKeysOff;
      if (!send(session, AppendHow.APPEND, before.next(call.dataVersion()), before)) {
        return false;
      }
      if (!within) {
        bases.afterAppend(before, fresh);
      }
      return true;
    }

    private boolean replace(Session session) throws IOException {
      Head parent = uplink.parent();
      Head head = uplink.head();
      journal.info("the last write before this start was never committed: replacing it");
      Position position =
          new Position(head.generation(), head.seq(), call.dataVersion(), parent.digest());
      return send(session, AppendHow.REPLACE, position, parent);
    }

    private boolean send(Session session, AppendHow how, Position position, Head before)
        throws IOException {
      SealingRun mine = run == null ? runs.current() : run;
      run = mine;
      EnvelopeParts envelope = mine.seal(new Place.OfRecord(position), call.record());
      try {
        Appended appended = session.append(how, position, uplink.head().digest(), envelope, waits);
        Head head = position.headWith(appended.digest());
        uplink.moved(head, before, appended.flags());
        done(head, before);
        return true;
      } catch (RefusedException e) {
        return refused(e);
      } finally {
        if (!envelope.hasNext()) {
          sealed = position.headWith(envelope.digest());
        }
      }
    }

    private boolean refused(RefusedException e) throws RefusedException {
      switch (e.code()) {
        case HEAD_MOVED -> {
          if (e.refused().head().equals(uplink.head())) {
            throw e; // Nothing moved: to go on would be to go round in circles.
          }
          uplink.corrected(e.refused());
        }
        case NO_USABLE_BASE -> uplink.baseIsGone();
        default -> throw e;
      }
      return false;
    }

    private void started(Head base) {
      left = base;
      known.note(base, Head.EMPTY);
      lastVersion = base.dataVersion();
    }

    private void done(Head head, Head before) {
      left = head;
      known.note(head, before);
      lastVersion = call.dataVersion();
      foreignKeysOff = call.foreignKeys().off(foreignKeysOff);
    }

    private long onDisk() throws IOException {
      if (onDisk < 0) {
        waits.run();
        onDisk = DataVersion.onDisk(wrapper.database(), scratch);
      }
      return onDisk;
    }
  }
}
