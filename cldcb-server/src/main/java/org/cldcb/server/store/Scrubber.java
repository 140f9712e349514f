package org.cldcb.server.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.cldcb.chain.ChainDigest;
import org.cldcb.chain.Position;
import org.cldcb.codec.Hash;
import org.jspecify.annotations.Nullable;

/**
 * Recomputes the digests of what is stored, round and round, a piece at a time. A rotten chunk is
 * forgotten; a base that it, or a rotten manifest or record, made unusable is asked for again. What
 * SQLite itself can't read is reported and passed. It reads on a connection of its own and writes
 * only what it found. Not thread-safe.
 */
final class Scrubber {
  private final ReadPool reads;
  private final CommitThread commits;
  private final Damage damage;
  private long chunk;
  private long record;
  private long base;

  Scrubber(ReadPool reads, CommitThread commits) {
    this.reads = reads;
    this.commits = commits;
    damage = new Damage(commits);
  }

  /** Something stored, with the digest that it should have. */
  record Item(
      StoredEnvelope.Key key,
      ChainDigest digest,
      Hash expected,
      byte @Nullable [] first,
      int segments,
      long size) {}

  /** Reads about so many bytes of each kind. */
  void scrub(long bytes) {
    chunk = round(StoredEnvelope.Kind.CHUNK, chunk, bytes);
    record = round(StoredEnvelope.Kind.RECORD, record, bytes);
    base = round(StoredEnvelope.Kind.MANIFEST, base, bytes);
  }

  /** Checks what follows {@code after}; the id to go on from, 0 to begin again. */
  private long round(StoredEnvelope.Kind kind, long after, long bytes) {
    long at = after;
    for (long left = bytes; left > 0; ) {
      long from = at;
      try {
        Optional<Item> next = reads.read(sql -> next(sql, kind, from));
        if (next.isEmpty()) {
          return 0;
        }
        at = next.get().key().id();
        left -= check(next.get());
      } catch (StoreException e) {
        if (!e.isDamage()) {
          throw e;
        }
        at = Math.max(at, Damage.readableAfter(from, id -> isReadable(kind, id)));
        damage.report(kind, from, at, e);
      }
    }
    return at;
  }

  private long check(Item item) {
    StoredEnvelope.Key key = item.key();
    if (!isSound(item, n -> reads.read(sql -> Parts.find(sql, key, n)))) {
      commits.urgent(sql -> forgetIfRotten(sql, key)).join();
    }
    return item.size();
  }

  private static boolean isSound(Item item, IntFunction<Optional<byte[]>> segments) {
    if (item.first() == null) {
      return false;
    }
    item.digest().update(item.first());
    for (int n = 0; n < item.segments(); n++) {
      Optional<byte[]> segment = segments.apply(n);
      if (segment.isEmpty()) {
        return false;
      }
      item.digest().update(segment.get());
    }
    return item.digest().finish().equals(item.expected());
  }

  /** Looks again where nobody else writes: what was read piecemeal may have been replaced. */
  private static boolean forgetIfRotten(Sql sql, StoredEnvelope.Key key) {
    boolean rotten = isRotten(sql, key);
    if (rotten) {
      forget(sql, key);
    }
    return rotten;
  }

  /** Whether it is there and isn't what it should be: to be asked within one transaction. */
  static boolean isRotten(Sql sql, StoredEnvelope.Key key) {
    return next(sql, key.kind(), key.id() - 1)
        .filter(item -> item.key().equals(key))
        .filter(item -> !isSound(sql, item))
        .isPresent();
  }

  static boolean isSound(Sql sql, Item item) {
    return isSound(item, n -> Parts.find(sql, item.key(), n));
  }

  private boolean isReadable(StoredEnvelope.Kind kind, long after) {
    return Damage.isReadable(() -> reads.read(sql -> next(sql, kind, after)));
  }

  private static void forget(Sql sql, StoredEnvelope.Key key) {
    switch (key.kind()) {
      case CHUNK -> forgetChunk(sql, key.id());
      case MANIFEST -> Layers.disable(sql, key.id() - 1, key.id());
      case RECORD ->
          sql.update(
              "UPDATE backup SET base_usable = 0 WHERE chain = ? AND (SELECT seq FROM base WHERE"
                  + " base.id = backup.base) < ?",
              Records.chain(key.id()),
              Records.seq(key.id()));
    }
  }

  private static void forgetChunk(Sql sql, long chunk) {
    disableBases(sql, chunk);
    Chunks.delete(sql, chunk);
  }

  /** Bases in the making go too: their manifests name the digest of what was there. */
  static void disableBases(Sql sql, long chunk) {
    List<Long> bases =
        sql.list(
            "SELECT base.id FROM chunk JOIN base ON base.backup = chunk.backup JOIN base_chunk ON"
                + " base_chunk.base = base.id AND base_chunk.chunk_id = chunk.chunk_id"
                + " WHERE chunk.id = ?",
            row -> row.getLong(1),
            chunk);
    for (long base : bases) {
      Layers.disable(sql, base - 1, base);
      Basing.drop(sql, base);
    }
  }

  static Optional<Item> next(Sql sql, StoredEnvelope.Kind kind, long after) {
    List<Item> items =
        switch (kind) {
          case CHUNK ->
              sql.list(
                  "SELECT chunk.*, first FROM chunk LEFT JOIN chunk_first USING (id)"
                      + " WHERE chunk.id > ? ORDER BY chunk.id LIMIT 1",
                  row -> item(kind, row, ChainDigest.ofChunk(Sql.hash(row, "chunk_id"))),
                  after);
          case RECORD ->
              sql.list(
                  "SELECT * FROM record WHERE id > ? ORDER BY id LIMIT 1",
                  row ->
                      item(
                          kind,
                          row,
                          ChainDigest.ofRecord(position(row, Records.seq(row.getLong("id"))))),
                  after);
          case MANIFEST ->
              sql.list(
                  "SELECT * FROM base WHERE id > ? AND first IS NOT NULL ORDER BY id LIMIT 1",
                  row -> item(kind, row, ChainDigest.ofManifest(position(row, row.getLong("seq")))),
                  after);
        };
    Optional<Item> next = items.stream().findFirst();
    // SQLite seeks, and doesn't look at the id that it finds: a damaged one would lead in circles.
    if (next.isPresent() && next.get().key().id() <= after) {
      throw StoreException.damaged("rows are out of order after id " + after);
    }
    return next;
  }

  private static Item item(StoredEnvelope.Kind kind, ResultSet row, ChainDigest digest)
      throws SQLException {
    return new Item(
        new StoredEnvelope.Key(kind, row.getLong("id")),
        digest,
        Sql.hash(row, "digest"),
        row.getBytes("first"),
        row.getInt("segments"),
        row.getLong("size"));
  }

  private static Position position(ResultSet row, long seq) throws SQLException {
    return new Position(
        row.getLong("generation"), seq, row.getLong("data_version"), Sql.hash(row, "prev"));
  }
}
