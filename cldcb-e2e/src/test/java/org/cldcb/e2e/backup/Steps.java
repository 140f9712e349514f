package org.cldcb.e2e.backup;

import static org.cldcb.e2e.crash.Failpoint.after;
import static org.cldcb.e2e.crash.Failpoint.before;

import java.util.List;
import org.cldcb.e2e.backup.Crashes.Work;
import org.cldcb.e2e.crash.Failpoint;

/** The steps at which to kill: each on the way of a write, a base, a claim, an installation. */
final class Steps {
  /**
   * A step, and what the node does meanwhile.
   *
   * @param work that leads to it
   */
  record Step(Failpoint point, Work work) {
    @Override
    public String toString() {
      return point + ", " + work;
    }
  }

  private static final String STORE = "server.store.";
  private static final String SERVER_SESSION = "server.session.";
  private static final String BACKUP = "plugin.backup.";
  private static final String SESSION = "link.Session";
  private static final String SNAPSHOT = "sqlite.Snapshot";
  private static final String UPLOAD = "base.BaseUpload";
  private static final String CACHE = "base.PageCache$Draft";
  private static final String FILE = "client.install.AtomicFile";

  /** Some after the start. */
  private static final int TRANSACTIONS = 8;

  static final List<Step> SERVER =
      List.of(
          // An append: arrived, written, committed, answered.
          writing(before(STORE + "SqliteStore", "append")),
          writing(after(STORE + "Appending", "append")),
          writing(before(STORE + "CommitThread", "inTransaction").nth(4)),
          writing(before(STORE + "Sql", "begin").nth(TRANSACTIONS)),
          writing(before(STORE + "Sql", "commit").nth(TRANSACTIONS)),
          writing(after(STORE + "CommitThread", "inTransaction").nth(4)),
          writing(after(SERVER_SESSION + "SingleAnswer", "advance").nth(3)),
          // A base.
          gap(before(STORE + "Basing", "chunk")),
          gap(after(STORE + "Basing", "chunk")),
          gap(before(STORE + "Basing", "manifest")),
          gap(after(STORE + "Basing", "manifest")),
          gap(before(SERVER_SESSION + "WriteRequests", "committed")),
          gap(after(SERVER_SESSION + "WriteRequests", "committed")),
          // Former generations are dropped.
          base(before(STORE + "Deletion", "base")),
          base(after(STORE + "Deletion", "base").nth(2)),
          base(after(STORE + "Deletion", "references")),
          base(after(STORE + "Deletion", "manifestSegments")),
          // A base that stands on another, and what becomes of the two.
          delta(before(STORE + "Basing", "commitDelta")),
          delta(after(STORE + "Basing", "commitDelta")),
          delta(before(SERVER_SESSION + "WriteRequests", "committed")),
          layers(before(STORE + "Layers", "spend")),
          layers(after(STORE + "Layers", "spend")),
          layers(before(STORE + "Layers", "release")),
          layers(after(STORE + "Layers", "release")));

  static final List<Step> PLUGIN =
      List.of(
          writing(before("plugin.Writes", "answer")),
          writing(before(SESSION, "append")),
          writing(after(SESSION, "sendRest")),
          writing(after(SESSION, "append")),
          writing(after(BACKUP + "Backup", "write")),
          writing(after("plugin.rpc.JsonRpcOutput", "answer").nth(3)),
          // The copy of the database, and a base in the background.
          base(before(SNAPSHOT, "take")),
          base(before(SNAPSHOT, "copy").nth(2)),
          base(after(SNAPSHOT, "take")),
          base(after(SNAPSHOT, "recover")),
          base(before(SESSION, "beginBase")),
          base(after(SESSION, "sendChunk")),
          base(before(SESSION, "putManifest")),
          base(after(SESSION, "putManifest")),
          base(before(BACKUP + "KnownFindings", "remember")),
          // A base that brings only what changed, and the note of what it had.
          delta(before(UPLOAD, "delta")),
          delta(before(SESSION, "putManifest")),
          delta(after(SESSION, "putManifest")),
          delta(before(CACHE, "keep")),
          delta(after(CACHE, "keep")),
          base(before(CACHE, "keep")),
          // A base in the hook.
          gap(after(SNAPSHOT, "take")),
          gap(after(SESSION, "sendChunk")),
          gap(before(SESSION, "putManifest")),
          gap(after(SESSION, "putManifest")),
          gap(after(BACKUP + "Bases", "startChain")));

  static final List<Failpoint> INSTALL =
      List.of(
          before(SESSION, "claim"),
          after(SESSION, "claim"),
          before(FILE, "rename"),
          before("io.DurableFiles", "syncName"),
          before(FILE, "rename").nth(2),
          after(FILE, "rename").nth(2));

  static final List<Failpoint> RECOVER =
      List.of(
          before(SESSION, "hold"),
          before(SESSION, "claim"),
          after(SESSION, "claim"),
          before(FILE, "rename"),
          after(FILE, "rename"),
          before(FILE, "nameNew"),
          after(FILE, "nameNew"));

  /** Of the plugin that is told that another installation took over. */
  static final List<Failpoint> TOMBSTONE =
      List.of(before(BACKUP + "Tombstone", "write"), after(BACKUP + "Tombstone", "write"));

  static final List<Failpoint> INIT =
      List.of(
          before("server.cli.ServerKeyFile", "write"),
          after("server.cli.ServerKeyFile", "write"),
          before(STORE + "Schema", "make"),
          after(STORE + "StoreFile", "create"));

  private Steps() {}

  private static Step writing(Failpoint point) {
    return new Step(point, Work.WRITES);
  }

  private static Step base(Failpoint point) {
    return new Step(point, Work.BASE);
  }

  private static Step delta(Failpoint point) {
    return new Step(point, Work.DELTA);
  }

  private static Step layers(Failpoint point) {
    return new Step(point, Work.LAYERS);
  }

  private static Step gap(Failpoint point) {
    return new Step(point, Work.GAP);
  }
}
