package org.cldcb.plugin.backup;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import org.cldcb.base.BaseUpload;
import org.cldcb.base.PageCache;
import org.cldcb.base.Progress;
import org.cldcb.chain.Head;
import org.cldcb.contact.Wrapper;
import org.cldcb.format.RunSource;
import org.cldcb.link.RefusedException;
import org.cldcb.link.Session;
import org.cldcb.link.SupersededException;
import org.cldcb.sqlite.Snapshot;
import org.cldcb.wire.Based;
import org.cldcb.wire.RefusalCode;

/**
 * Makes a base of a copy while records keep flowing on the writing session. If it can't, nothing is
 * lost: the chain goes on from the base it has. Runs once, in a thread of its own.
 */
final class BackgroundBase implements Runnable {
  private static final int MAX_TRIES = 30;

  /** Some seconds, in which the server may delete what it need not keep. */
  private static final int MAX_TRIES_FOR_ROOM = 7;

  /** What needs the server's operator isn't worth another copy of the database at every write. */
  private static final Duration ROOM_PAUSE = Duration.ofMinutes(10);

  private final Snapshot snapshot;
  private final Head at;
  private final long generation;
  private final Wrapper wrapper;
  private final Uplink uplink;
  private final PageCache pages;
  private final KnownFindings findings;
  private final Journal journal;
  private final SecureRandom random;
  private volatile long notBefore = System.nanoTime();
  private volatile boolean over;

  /**
   * Takes over the snapshot.
   *
   * @param at the head whose effects the snapshot contains, and no more
   */
  BackgroundBase(
      Snapshot snapshot,
      Head at,
      long generation,
      Wrapper wrapper,
      Uplink uplink,
      PageCache pages,
      KnownFindings findings,
      Journal journal,
      SecureRandom random) {
    this.snapshot = snapshot;
    this.at = at;
    this.generation = generation;
    this.wrapper = wrapper;
    this.uplink = uplink;
    this.pages = pages;
    this.findings = findings;
    this.journal = journal;
    this.random = random;
  }

  @Override
  public void run() {
    try (snapshot) {
      Snapshot.State state = snapshot.recover();
      if (findings.areNew(state.findings())) {
        journal.broken(
            "the database shows new damage; the base before it is kept: " + state.findings());
        return;
      }
      make(state);
    } catch (IOException e) {
      journal.unusual("no new base, the old one goes on: " + Reasons.of(e, wrapper));
      if (lacksRoom(e)) {
        notBefore = System.nanoTime() + ROOM_PAUSE.toNanos();
      }
    } catch (RuntimeException | Error e) {
      journal.broken("no new base, the old one goes on: " + e.getClass().getName());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      over = true;
    }
  }

  /** Whether another one may follow it now. */
  boolean mayFollow() {
    return over && System.nanoTime() - notBefore >= 0;
  }

  private void make(Snapshot.State state) throws IOException, InterruptedException {
    Backoff backoff = new Backoff();
    for (int tries = 1; ; tries++) {
      try (Session session = uplink.bulk();
          RunSource runs = new RunSource(wrapper.identity(), wrapper.delegateKey(), random)) {
        BaseUpload upload =
            new BaseUpload(session, runs, wrapper.chunkIdKey(), pages, Progress.NONE);
        Based based = upload.onHead(snapshot, state, at, generation);
        uplink.madeBeside(based.head().generation());
        findings.remember(state.findings());
        journal.debug("new base at data_version " + at.dataVersion());
        return;
      } catch (IOException e) {
        if (tries > 1 && isThere(e)) {
          findings.remember(state.findings());
          return;
        }
        if (tries == MAX_TRIES || isFinal(e) || tries == MAX_TRIES_FOR_ROOM && lacksRoom(e)) {
          throw e;
        }
      }
      backoff.pause();
    }
  }

  /** Whether the server took the base of a try before, whose answer got lost. */
  private boolean isThere(IOException e) {
    if (e instanceof RefusedException refused && refused.code() == RefusalCode.HEAD_MOVED) {
      long there = refused.refused().head().generation();
      uplink.madeBeside(there);
      return there == generation;
    }
    return false;
  }

  private static boolean lacksRoom(IOException e) {
    return e instanceof RefusedException refused
        && (refused.code() == RefusalCode.OVER_QUOTA || refused.code() == RefusalCode.DISK_FULL);
  }

  private static boolean isFinal(IOException e) {
    return e instanceof SupersededException
        || e instanceof RefusedException refused && refused.code() == RefusalCode.HEAD_MOVED;
  }
}
