package org.cldcb.plugin.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.cldcb.base.BaseUpload;
import org.cldcb.base.PageCache;
import org.cldcb.base.Progress;
import org.cldcb.chain.Head;
import org.cldcb.contact.Wrapper;
import org.cldcb.format.RunSource;
import org.cldcb.link.Session;
import org.cldcb.sqlite.Snapshot;
import org.cldcb.wire.Based;
import org.jspecify.annotations.Nullable;

/**
 * When a base is made, and how: in the hook only where there is none to build on, else of a copy
 * taken in the hook, in the background. Used by the writing thread, in the hook.
 */
final class Bases {
  /** A local copy of so much takes well under two seconds anywhere. */
  private static final long CHEAP_BYTES = 256L << 20;

  private final Wrapper wrapper;
  private final Uplink uplink;
  private final Journal journal;
  private final SecureRandom random;
  private final KnownFindings findings;
  private final Path folder;
  private @Nullable BackgroundBase last;
  private @Nullable Head sent;
  private boolean cleared;

  Bases(Wrapper wrapper, Uplink uplink, Journal journal, SecureRandom random) {
    this.wrapper = wrapper;
    this.uplink = uplink;
    this.journal = journal;
    this.random = random;
    folder = wrapper.folder();
    findings = new KnownFindings(folder);
  }

  /**
   * Starts a new chain while lightningd waits.
   *
   * @param onDisk version of the database during this hook
   * @param foreignKeysOff whether lightningd has them off, within a schema migration
   * @return the head that the next record follows
   */
  Head startChain(Session session, RunSource runs, long onDisk, boolean foreignKeysOff)
      throws IOException {
    journal.begins("making a full backup of the database; lightningd waits until it is safe");
    try (Snapshot snapshot = copy()) {
      Snapshot.State state = snapshot.recover();
      if (state.dataVersion() != onDisk) {
        throw new IOException(
            "a copy of the database has version " + state.dataVersion() + ", not " + onDisk);
      }
      report(state);
      BaseUpload upload =
          new BaseUpload(session, runs, wrapper.chunkIdKey(), pages(), new LoggedProgress(journal));
      Based based;
      try {
        based = upload.startChain(snapshot, state, uplink.head(), foreignKeysOff, random);
      } finally {
        sent = upload.sent().orElse(null);
      }
      findings.remember(state.findings());
      uplink.moved(based.head(), Head.EMPTY, based.flags());
      journal.info("full backup complete at data_version " + onDisk);
      return based.head();
    }
  }

  /** Whether the server has the base that starts a chain, though its answer got lost. */
  boolean isStart(Head head) {
    return sent != null && head.sameRecord(sent);
  }

  /**
   * After a record was appended, still in its hook, when the file on disk is as it was before.
   *
   * @param before the head before the record: the copy's version
   * @param fresh whether it was the first write of this process, in step with the backup. Then a
   *     base bounds what a database of the right number but other content could do, if it is cheap.
   */
  void afterAppend(Head before, boolean fresh) {
    if (last != null && !last.mayFollow()) {
      return;
    }
    if (!(uplink.flags().baseWanted() || fresh && isCheap())) {
      return;
    }
    try {
      BackgroundBase base =
          new BackgroundBase(
              copy(),
              before,
              uplink.head().generation() + 1,
              wrapper,
              uplink,
              pages(),
              findings,
              journal,
              random);
      Thread thread = new Thread(base, "base");
      thread.setDaemon(true);
      thread.start();
      last = base;
    } catch (IOException e) {
      journal.unusual("no new base, the old one goes on: " + e.getMessage());
    }
  }

  /** Copies the database; what an earlier process left of a copy goes first. */
  private Snapshot copy() throws IOException {
    if (!cleared) {
      Snapshot.removeLeftovers(folder);
      cleared = true;
    }
    Path database = wrapper.database();
    long size = Files.exists(database) ? Files.size(database) : 0;
    // Not a FileStore: that wants the folder's mount in /proc/mounts, where a chroot's is missing.
    if (folder.toFile().getUsableSpace() < size) {
      throw new IOException("no room in " + folder + " for a copy of the database: free some");
    }
    try {
      return Snapshot.take(database, folder);
    } catch (IOException e) {
      throw new IOException("the database can't be copied in " + folder + ": " + e.getMessage(), e);
    }
  }

  /** One for each base, since each may be made by another thread. */
  private PageCache pages() {
    return new PageCache(folder, wrapper.chunkIdKey());
  }

  private boolean isCheap() {
    try {
      return Files.size(wrapper.database()) <= CHEAP_BYTES;
    } catch (IOException e) {
      return false;
    }
  }

  private void report(Snapshot.State state) throws IOException {
    if (findings.areNew(state.findings())) {
      journal.broken("the database is damaged (it is backed up as it is): " + state.findings());
    }
  }

  /** Says every few seconds how far it is. */
  private static final class LoggedProgress implements Progress {
    private static final long EVERY_NANOS = 5_000_000_000L;

    private final Journal journal;
    private long said = System.nanoTime();

    LoggedProgress(Journal journal) {
      this.journal = journal;
    }

    @Override
    public void progress(long done, long total) {
      if (System.nanoTime() - said > EVERY_NANOS) {
        said = System.nanoTime();
        journal.unusual(
            "full backup: " + (done >> 20) + " of " + (total >> 20) + " MiB; lightningd waits");
      }
    }
  }
}
