package org.cldcb.client.install;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.cldcb.base.BaseUpload;
import org.cldcb.base.PageCache;
import org.cldcb.client.cli.Messages;
import org.cldcb.client.cli.Terminal;
import org.cldcb.client.cln.Database;
import org.cldcb.client.server.ServerLink;
import org.cldcb.format.RunSource;
import org.cldcb.link.Session;
import org.cldcb.sqlite.Snapshot;
import org.cldcb.wire.Based;
import org.cldcb.wire.Mode;

/** Brings the database to the server, on behalf of the claimant. */
final class Upload {
  /** For answers to large requests. */
  private static final int PATIENT_MILLIS = 300_000;

  private final ServerLink link;
  private final SecureRandom random;
  private final Terminal terminal;

  Upload(ServerLink link, SecureRandom random, Terminal terminal) {
    this.link = link;
    this.random = random;
    this.terminal = terminal;
  }

  /** Stores chunks while lightningd runs, so that it waits the shorter for its first base. */
  void ahead(Delegate delegate, byte[] chunkIdKey, Database database) throws IOException {
    try (Session session = link.open(delegate.access(), Mode.BULK);
        RunSource runs = delegate.runs(random)) {
      session.setTimeout(PATIENT_MILLIS);
      upload(session, runs, chunkIdKey, database).ahead(database.file(), database.pageSize());
    }
  }

  /**
   * Starts a new chain from the database of a lightningd that doesn't run; what the server had
   * stays there as a branch.
   */
  Based replaceBackup(Delegate delegate, byte[] chunkIdKey, Database database) throws IOException {
    Path scratch = AtomicFile.folderOf(database.file());
    try (Session session = link.open(delegate.access(), Mode.WRITE);
        Snapshot snapshot = Snapshot.take(database.file(), scratch);
        RunSource runs = delegate.runs(random)) {
      session.setTimeout(PATIENT_MILLIS);
      return upload(session, runs, chunkIdKey, database)
          .startChain(snapshot, snapshot.recover(), session.welcome().head(), false, random);
    }
  }

  private BaseUpload upload(Session session, RunSource runs, byte[] chunkIdKey, Database database) {
    PageCache pages = new PageCache(AtomicFile.folderOf(database.file()), chunkIdKey);
    return new BaseUpload(session, runs, chunkIdKey, pages, terminal.progress(Messages.UPLOADING));
  }
}
