package org.cldcb.server.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.cldcb.chain.Claim;
import org.cldcb.chain.Head;
import org.cldcb.chain.Position;
import org.cldcb.chain.StoredClaim;
import org.cldcb.codec.Hash;
import org.cldcb.crypto.PublicKey;
import org.cldcb.wire.AppendHow;
import org.cldcb.wire.BaseHow;
import org.cldcb.wire.Message;
import org.cldcb.wire.Mode;
import org.cldcb.wire.RefusalCode;
import org.cldcb.wire.Status;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The store on one SQLite file: WAL, {@code synchronous=FULL}, one thread that writes. Other
 * processes may open the same file, which is how the operator's commands work while the server
 * runs.
 */
public final class SqliteStore implements BackupStore {
  private static final Logger LOG = LoggerFactory.getLogger(SqliteStore.class);

  /** An id in an offer is as much work as about so many bytes of a chunk. */
  private static final long OFFER_WEIGHT = 512;

  private final StoreSettings settings;
  private final ReadPool reads;
  private final CommitThread commits;
  private final Sessions sessions;
  private final Appending appending;
  private final Basing basing;
  private final Heads heads;
  private final Scrubber scrubber;
  private final Sweeper sweeper;
  private final Quotas quotas;

  private SqliteStore(StoreSettings settings) {
    this.settings = settings;
    Path file = StoreFile.in(settings.dataDir());
    reads = new ReadPool(() -> StoreFile.connect(file));
    commits = new CommitThread(StoreFile.connect(file));
    heads = new Heads(settings);
    sessions = new Sessions(settings, heads);
    appending = new Appending(settings, heads);
    basing = new Basing(settings, heads);
    scrubber = new Scrubber(reads, commits);
    sweeper = new Sweeper(settings, reads, commits);
    quotas = new Quotas(reads, sweeper);
  }

  /**
   * Makes a new store, whole or not at all, and opens it.
   *
   * @param values settings that it begins with
   * @throws StoreException if there is one already
   */
  public static SqliteStore create(Path dataDir, Map<String, String> values) {
    StoreFile.create(StoreFile.in(dataDir), values);
    return open(dataDir);
  }

  /**
   * Opens a store with the usual settings.
   *
   * @throws StoreException if there is none, or it is of a newer version
   */
  public static SqliteStore open(Path dataDir) {
    return open(StoreSettings.defaults(dataDir));
  }

  /** Whether there is a store. */
  public static boolean exists(Path dataDir) {
    return Files.exists(StoreFile.in(dataDir));
  }

  /** Opens a store. */
  public static SqliteStore open(StoreSettings settings) {
    Path file = StoreFile.in(settings.dataDir());
    if (Files.notExists(file)) {
      throw new StoreException("there is no store in " + settings.dataDir());
    }
    SqliteStore store = new SqliteStore(settings);
    try {
      store.upgrade(file);
      return store;
    } catch (StoreException e) {
      store.close();
      throw e;
    }
  }

  private void upgrade(Path file) {
    if (reads.read(Schema::version) != Schema.VERSION) {
      commits.urgentNow(
          sql -> {
            Schema.upgrade(sql, file);
            return true;
          });
    }
  }

  /**
   * Makes sure that what will be read back from the last server's write-ahead log is on stable
   * storage, before anybody is told that it is, or builds on it. Comes before {@link #open}, unless
   * a server has the store open: that has done it.
   */
  public static void rewriteLog(Path dataDir) {
    StoreFile.rewriteLog(StoreFile.in(dataDir));
  }

  /**
   * Forgets bases whose making was broken off by the end of the last server: only {@code run} does.
   */
  public void dropPending() {
    commits.urgentNow(
        sql -> {
          Retention.dropPending(sql);
          return true;
        });
  }

  /** A setting of the server, kept beside the backups. */
  public Optional<String> setting(String name) {
    return reads.read(
        sql ->
            sql.first("SELECT value FROM setting WHERE name = ?", row -> row.getString(1), name));
  }

  @Override
  public void allow(PublicKey nodeId, String label, @Nullable Long quota) {
    commits.urgentNow(
        sql -> {
          Nodes.allow(sql, nodeId, label, quota, settings.now());
          return true;
        });
  }

  @Override
  public boolean revoke(PublicKey nodeId) {
    return commits.urgentNow(sql -> Nodes.revoke(sql, nodeId, settings.now()));
  }

  @Override
  public boolean forget(PublicKey nodeId) {
    boolean known = commits.urgentNow(sql -> Nodes.forget(sql, nodeId));
    sweeper.sweepBesideServer();
    return known;
  }

  @Override
  public List<NodeEntry> nodes() {
    return reads.read(Nodes::list);
  }

  @Override
  public List<Quota.OfNode> quotas() {
    return reads.read(Quota::all);
  }

  @Override
  public long listVersion() {
    return reads.read(Nodes::version);
  }

  @Override
  public boolean isAllowed(PublicKey nodeId) {
    return reads.read(sql -> Nodes.isAllowed(sql, nodeId));
  }

  @Override
  public List<BackupSummary> summaries() {
    return reads.read(
        sql ->
            sql
                .list(
                    "SELECT * FROM backup WHERE node_id <> X'' ORDER BY id",
                    row -> BackupRow.read(row, BackupRow.backup(row)))
                .stream()
                .map(row -> summary(sql, row))
                .toList());
  }

  @Override
  public Space space() {
    return reads.read(settings::space);
  }

  private static BackupSummary summary(Sql sql, BackupRow row) {
    Optional<Claim> claim = ClaimTable.last(sql, row.id());
    return new BackupSummary(
        row.backup(),
        row.head(),
        Figures.of(sql, row),
        claim.map(Claim::number).orElse(0L),
        claim.map(Claim::delegate).orElse(null));
  }

  @Override
  public CompletableFuture<Message> hello(
      BackupId backup, PublicKey delegate, Mode mode, long epoch) {
    return commits.urgent(sql -> sessions.hello(sql, backup, delegate, mode, epoch));
  }

  @Override
  public CompletableFuture<Message> claim(Writer writer, Claim claim, Head expected) {
    return commits.urgent(sql -> sessions.claim(sql, writer, claim, expected));
  }

  @Override
  public CompletableFuture<Message> append(
      Writer writer, AppendHow how, Position position, Hash expected, Envelope envelope) {
    return refusedIfFull(
        writer,
        commits.urgent(sql -> appending.append(sql, writer, how, position, expected, envelope)));
  }

  @Override
  public CompletableFuture<Long> beginBase(Writer writer) {
    return commits.bulk(0, sql -> basing.begin(sql, writer));
  }

  @Override
  public CompletableFuture<Void> dropBase(long pendingBase) {
    return commits.bulk(
        0,
        sql -> {
          Basing.drop(sql, pendingBase);
          return null;
        });
  }

  @Override
  public CompletableFuture<Message> offer(Writer writer, long pendingBase, List<Hash> ids) {
    return commits.bulk(
        ids.size() * OFFER_WEIGHT, sql -> basing.offer(sql, writer, pendingBase, ids));
  }

  @Override
  public CompletableFuture<Message> chunk(Writer writer, Hash id, Envelope envelope) {
    return refusedIfFull(
        writer, commits.bulk(envelope.size(), sql -> basing.chunk(sql, writer, id, envelope)));
  }

  @Override
  public CompletableFuture<Message> manifest(
      Writer writer,
      long pendingBase,
      BaseHow how,
      Position position,
      Hash expected,
      Hash parent,
      Envelope envelope) {
    Basing.Asked asked = new Basing.Asked(how, position, expected, parent, envelope);
    return refusedIfFull(
        writer,
        commits.bulk(envelope.size(), sql -> basing.manifest(sql, writer, pendingBase, asked)));
  }

  /** A disk that fills up in the middle of a request refuses it, as one does that was full. */
  private CompletableFuture<Message> refusedIfFull(
      Writer writer, CompletableFuture<Message> answer) {
    return answer.exceptionallyCompose(
        e -> {
          if (!(e instanceof StoreException store && store.isFull())) {
            return CompletableFuture.failedFuture(e);
          }
          LOG.error("{}: refused, as there is no room: {}", writer.backup(), e.getMessage());
          return commits.urgent(
              sql ->
                  heads.refused(
                      RefusalCode.DISK_FULL, sql, BackupRow.findOrEmpty(sql, writer.backup())));
        });
  }

  @Override
  public CompletableFuture<HeadState> settled(BackupId backup) {
    // Through both queues, since each keeps only its own order.
    return commits
        .bulk(0, sql -> true)
        .thenCompose(bulkDone -> commits.urgent(sql -> headState(sql, backup)));
  }

  private HeadState headState(Sql sql, BackupId backup) {
    return BackupRow.find(sql, backup)
        .map(row -> heads.state(sql, row))
        .orElseGet(() -> heads.empty(sql, backup.nodeId()));
  }

  @Override
  public List<StoredClaim> claims(BackupId backup, long from) {
    return reads.read(sql -> ClaimTable.from(sql, backup, from));
  }

  @Override
  public HeadState head(BackupId backup) {
    return reads.read(sql -> headState(sql, backup));
  }

  @Override
  public Optional<StoredEnvelope> base(BackupId backup, Hash digest) {
    return reads.read(
        sql -> BackupRow.find(sql, backup).flatMap(row -> Manifests.find(sql, row, digest)));
  }

  @Override
  public Optional<StoredEnvelope> chunk(BackupId backup, Hash id) {
    return reads.read(sql -> Chunks.find(sql, backup, id));
  }

  @Override
  public List<StoredEnvelope> records(BackupId backup, long afterSeq, int bytes) {
    return reads.read(
        sql ->
            BackupRow.find(sql, backup)
                .map(row -> Records.after(sql, row.chain(), afterSeq, bytes))
                .orElse(List.of()));
  }

  @Override
  public byte[] segment(StoredEnvelope.Key key, int index) {
    return reads.read(sql -> Parts.read(sql, key, index));
  }

  @Override
  public Status status(BackupId backup) {
    return reads.read(
        sql ->
            BackupRow.find(sql, backup)
                .map(row -> Figures.of(sql, row))
                .orElse(new Status(0, 0, 0, 0, 0, 0, 0, 0)));
  }

  @Override
  public void sweep() {
    sweeper.sweep();
  }

  @Override
  public void makeRoom() {
    quotas.keep();
    sweeper.makeRoom();
  }

  @Override
  public void scrub(long bytes) {
    scrubber.scrub(bytes);
  }

  @Override
  public void close() {
    commits.close();
    reads.close();
  }
}
