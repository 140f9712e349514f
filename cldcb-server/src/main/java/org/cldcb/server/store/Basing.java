package org.cldcb.server.store;

import java.util.List;
import java.util.Optional;
import org.cldcb.chain.Head;
import org.cldcb.chain.Position;
import org.cldcb.codec.Hash;
import org.cldcb.wire.BaseHow;
import org.cldcb.wire.Based;
import org.cldcb.wire.Message;
import org.cldcb.wire.Offered;
import org.cldcb.wire.RefusalCode;
import org.cldcb.wire.Stored;

/** Bases: their chunks, and expected head → new head by a manifest. Runs within a transaction. */
final class Basing {
  private static final long REFRESH_SECONDS = 3600;

  private final StoreSettings settings;
  private final Heads heads;

  Basing(StoreSettings settings, Heads heads) {
    this.settings = settings;
    this.heads = heads;
  }

  long begin(Sql sql, Writer writer) {
    BackupRow row = BackupRow.findOrEmpty(sql, writer.backup());
    return sql.insert("INSERT INTO base (backup, at) VALUES (?, ?)", row.id(), settings.now());
  }

  /** Has it deleted a piece at a time: a large one would keep all others waiting. */
  static void drop(Sql sql, long pendingBase) {
    sql.update("UPDATE base SET expires = 1 WHERE id = ? AND first IS NULL", pendingBase);
  }

  Message offer(Sql sql, Writer writer, long pendingBase, List<Hash> ids) {
    BackupRow row = BackupRow.findOrEmpty(sql, writer.backup());
    Optional<Message> refusal = Rights.refusal(sql, row, writer);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    if (isPending(sql, row, pendingBase)) {
      Optional<RefusalCode> noRoom =
          heads.room(sql, row).refusesManifest(ids.size() * Quota.REFERENCE);
      if (noRoom.isPresent()) {
        return heads.refused(noRoom.get(), sql, row);
      }
      for (Hash id : ids) {
        sql.update(
            "INSERT OR IGNORE INTO base_chunk (base, chunk_id) VALUES (?, ?)", pendingBase, id);
      }
    }
    return new Offered(ids.stream().map(id -> known(sql, row, id)).toList());
  }

  /** What an offer asks of a chunk. */
  private record Known(long id, Hash digest, long at) {}

  /** Digest of the stored envelope, or zeros; an offer keeps the chunk from being collected. */
  private Hash known(Sql sql, BackupRow row, Hash id) {
    Optional<Known> known =
        sql.first(
            "SELECT id, digest, at FROM chunk WHERE backup = ? AND chunk_id = ?",
            found -> new Known(found.getLong(1), Sql.hash(found, "digest"), found.getLong(3)),
            row.id(),
            id);
    long now = settings.now();
    known
        .filter(chunk -> chunk.at() < now - REFRESH_SECONDS)
        .ifPresent(chunk -> sql.update("UPDATE chunk SET at = ? WHERE id = ?", now, chunk.id()));
    return known.map(Known::digest).orElse(Hash.ZERO);
  }

  private static Optional<Hash> digest(Sql sql, BackupRow row, Hash id) {
    return sql.first(
        "SELECT digest FROM chunk WHERE backup = ? AND chunk_id = ?",
        found -> Sql.hash(found, "digest"),
        row.id(),
        id);
  }

  Message chunk(Sql sql, Writer writer, Hash id, Envelope envelope) {
    BackupRow row = BackupRow.findOrEmpty(sql, writer.backup());
    Optional<Message> refusal = Rights.refusal(sql, row, writer);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    Optional<Hash> known = digest(sql, row, id);
    if (known.isPresent()) {
      return new Stored(id, known.get());
    }
    Optional<RefusalCode> noRoom = heads.room(sql, row).refusesChunk(envelope.size());
    if (noRoom.isPresent()) {
      return heads.refused(noRoom.get(), sql, row);
    }
    long chunk =
        sql.insert(
            "INSERT INTO chunk (backup, chunk_id, digest, at, size, segments)"
                + " VALUES (?, ?, ?, ?, ?, 0)",
            row.id(),
            id,
            envelope.digest(),
            settings.now(),
            envelope.size());
    sql.update("INSERT INTO chunk_first (id, first) VALUES (?, ?)", chunk, envelope.first());
    int segments = Parts.insert(sql, StoredEnvelope.Kind.CHUNK, chunk, envelope);
    if (segments > 0) {
      sql.update("UPDATE chunk SET segments = ? WHERE id = ?", segments, chunk);
    }
    return new Stored(id, envelope.digest());
  }

  /**
   * A manifest that a client wants committed.
   *
   * @param parent digest of the manifest that a delta stands on; zeros: it is a full one
   */
  record Asked(BaseHow how, Position position, Hash expected, Hash parent, Envelope envelope) {
    boolean isDelta() {
      return !parent.isZero();
    }
  }

  Message manifest(Sql sql, Writer writer, long pendingBase, Asked asked) {
    BackupRow row = BackupRow.findOrEmpty(sql, writer.backup());
    Optional<Message> refusal = Rights.refusalToCommit(sql, row, writer);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    if (isCurrent(sql, row, asked.envelope())) {
      drop(sql, pendingBase);
      return new Based(row.head(), heads.flags(sql, row));
    }
    if (!fits(sql, row, asked.how(), asked.position(), asked.expected())) {
      return heads.refused(RefusalCode.HEAD_MOVED, sql, row);
    }
    Optional<Integer> depth = depth(sql, row, pendingBase, asked);
    if (depth.isEmpty()) {
      return heads.refused(RefusalCode.CHUNKS_MISSING, sql, row);
    }
    Room room = heads.room(sql, row);
    Optional<RefusalCode> noRoom = room.refusesManifest(asked.envelope().size());
    if (noRoom.isPresent()) {
      return heads.refused(noRoom.get(), sql, row);
    }
    return asked.isDelta()
        ? commitDelta(sql, row, room, depth.get(), asked)
        : commit(sql, row, room, pendingBase, chunkBytes(sql, row, pendingBase), asked);
  }

  /** How many deltas it is above a full base; empty if what it consists of isn't there. */
  private static Optional<Integer> depth(Sql sql, BackupRow row, long pendingBase, Asked asked) {
    if (asked.isDelta()) {
      return asked.how() == BaseHow.ON_HEAD
          ? Layers.depthOn(sql, row, asked.parent())
          : Optional.empty();
    }
    return !isPending(sql, row, pendingBase) || lacksChunks(sql, row, pendingBase)
        ? Optional.empty()
        : Optional.of(0);
  }

  private Message commitDelta(Sql sql, BackupRow row, Room room, int depth, Asked asked) {
    long base =
        sql.insert(
            "INSERT INTO base (backup, at, parent, depth) VALUES (?, ?, ?, ?)",
            row.id(),
            settings.now(),
            row.base(),
            depth);
    return commit(sql, row, room, base, row.baseBytes(), asked);
  }

  private static boolean isCurrent(Sql sql, BackupRow row, Envelope envelope) {
    return row.baseUsable()
        && sql.number(
                "SELECT count(*) FROM base WHERE id = ? AND digest = ?",
                row.base(),
                envelope.digest())
            > 0;
  }

  private static boolean fits(
      Sql sql, BackupRow row, BaseHow how, Position position, Hash expected) {
    Head head = row.head();
    if (position.generation() != head.generation() + 1) {
      return false;
    }
    if (how == BaseHow.CHAIN_START) {
      return expected.equals(head.digest()) && position.seq() == head.seq() + 1;
    }
    return row.base() != 0
        && expected.equals(position.prev())
        && passed(sql, row, position.seq())
            .filter(passed -> passed.sameRecord(position.asHead()))
            .isPresent()
        && (position.seq() == head.seq() || isSoundAbove(sql, row, position.seq()));
  }

  /**
   * Whether the records above a passed head can be recovered from a next base on it: none is known
   * to be rotten, and none is of a generation that is too old by then (docs/FORMAT.md §8).
   */
  private static boolean isSoundAbove(Sql sql, BackupRow row, long seq) {
    return row.baseUsable()
        && Records.headAt(sql, row.chain(), seq + 1)
            .filter(first -> first.generation() >= row.head().generation())
            .isPresent();
  }

  /** The head that the chain had at this seq, if that is since its current base. */
  private static Optional<Head> passed(Sql sql, BackupRow row, long seq) {
    Head stoodOn = row.baseHead(sql);
    if (seq == stoodOn.seq()) {
      return Optional.of(stoodOn);
    }
    return seq > stoodOn.seq() && seq <= row.head().seq()
        ? Records.headAt(sql, row.chain(), seq)
        : Optional.empty();
  }

  /** Whether this backup has such a base in the making. */
  private static boolean isPending(Sql sql, BackupRow row, long base) {
    return sql.number(
            "SELECT count(*) FROM base WHERE id = ? AND backup = ? AND first IS NULL AND expires IS"
                + " NULL",
            base,
            row.id())
        > 0;
  }

  private static boolean lacksChunks(Sql sql, BackupRow row, long pendingBase) {
    return sql.number(
            "SELECT EXISTS (SELECT 1 FROM base_chunk WHERE base = ? AND NOT EXISTS (SELECT 1 FROM"
                + " chunk WHERE chunk.backup = ? AND chunk.chunk_id = base_chunk.chunk_id))",
            pendingBase,
            row.id())
        != 0;
  }

  /**
   * Commits it.
   *
   * @param below bytes of what the manifest refers to
   */
  private Message commit(Sql sql, BackupRow row, Room room, long base, long below, Asked asked) {
    BaseHow how = asked.how();
    Position position = asked.position();
    long chain = how == BaseHow.CHAIN_START ? startChain(sql, row) : row.chain();
    if (how == BaseHow.ON_HEAD) {
      retire(sql, row);
    }
    long bytes = asked.envelope().size() + below;
    insertManifest(sql, base, chain, position, asked.envelope());
    Head head =
        how == BaseHow.CHAIN_START
            ? position.asHead()
            : new Head(
                position.generation(),
                row.head().seq(),
                row.head().dataVersion(),
                row.head().digest());
    long recordBytes = Records.bytesAfter(sql, chain, position.seq());
    sql.update(
        "UPDATE backup SET chain = ?, base = ?, base_usable = 1, base_bytes = ?, generation = ?,"
            + " seq = ?, data_version = ?, digest = ?, record_generation = ?, records = ?,"
            + " record_bytes = ?, last_write = ? WHERE id = ?",
        chain,
        base,
        bytes,
        head.generation(),
        head.seq(),
        head.dataVersion(),
        head.digest(),
        how == BaseHow.CHAIN_START ? head.generation() : row.head().generation(),
        head.seq() - position.seq(),
        recordBytes,
        settings.now(),
        row.id());
    return new Based(head, heads.flags(room, true, recordBytes, bytes));
  }

  private long startChain(Sql sql, BackupRow row) {
    long now = settings.now();
    sql.update(
        "UPDATE chain SET ended = ?, reason = 'displaced', expires = ? WHERE id = ?",
        now,
        now + settings.displacedKept().toSeconds(),
        row.chain());
    return sql.insert("INSERT INTO chain (backup, begun) VALUES (?, ?)", row.id(), now);
  }

  private void retire(Sql sql, BackupRow row) {
    sql.update(
        "UPDATE base SET expires = ? WHERE id = ?",
        settings.now() + settings.routineKept().toSeconds(),
        row.base());
  }

  private static long chunkBytes(Sql sql, BackupRow row, long base) {
    return sql.number(
        "SELECT sum(chunk.size + ?) FROM base_chunk JOIN chunk ON chunk.backup = ?"
            + " AND chunk.chunk_id = base_chunk.chunk_id WHERE base = ?",
        Quota.REFERENCE,
        row.id(),
        base);
  }

  private void insertManifest(
      Sql sql, long base, long chain, Position position, Envelope envelope) {
    int segments = Parts.insert(sql, StoredEnvelope.Kind.MANIFEST, base, envelope);
    sql.update(
        "UPDATE base SET chain = ?, generation = ?, seq = ?, data_version = ?, prev = ?, digest ="
            + " ?, at = ?, size = ?, segments = ?, first = ? WHERE id = ?",
        chain,
        position.generation(),
        position.seq(),
        position.dataVersion(),
        position.prev(),
        envelope.digest(),
        settings.now(),
        envelope.size(),
        segments,
        envelope.first(),
        base);
  }
}
