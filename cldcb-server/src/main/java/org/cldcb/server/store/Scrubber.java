package org.cldcb.server.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.cldcb.chain.ChainDigest;
import org.cldcb.chain.Position;
import org.cldcb.codec.Hash;

/**
 * Recomputes the digests of what is stored, round and round, a piece at a time. A rotten chunk is
 * forgotten; a base that it, or a rotten manifest or record, made unusable is asked for again. It
 * reads on a connection of its own and writes only what it found. Not thread-safe.
 */
final class Scrubber {
  private final ReadPool reads;
  private final CommitThread commits;
  private long chunk;
  private long record;
  private long base;

  Scrubber(ReadPool reads, CommitThread commits) {
    this.reads = reads;
    this.commits = commits;
  }

  /** Something stored, with the digest that it should have. */
  private record Item(
      StoredEnvelope.Key key, ChainDigest digest, Hash expected, byte[] first, int segments) {}

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
      Optional<Item> next = reads.read(sql -> next(sql, kind, from));
      if (next.isEmpty()) {
        return 0;
      }
      Item item = next.get();
      left -= check(item);
      at = item.key().id();
    }
    return at;
  }

  private long check(Item item) {
    long size = item.first().length;
    item.digest().update(item.first());
    for (int n = 0; n < item.segments(); n++) {
      int segment = n;
      byte[] bytes = reads.read(sql -> Parts.read(sql, item.key(), segment));
      item.digest().update(bytes);
      size += bytes.length;
    }
    if (!item.digest().finish().equals(item.expected())) {
      commits.urgent(sql -> forget(sql, item.key())).join();
    }
    return size;
  }

  private static boolean forget(Sql sql, StoredEnvelope.Key key) {
    switch (key.kind()) {
      case CHUNK -> {
        sql.update(
            "UPDATE backup SET base_usable = 0 WHERE id = (SELECT backup FROM chunk WHERE id = ?)"
                + " AND EXISTS (SELECT 1 FROM base_chunk WHERE base = backup.base AND chunk_id ="
                + " (SELECT chunk_id FROM chunk WHERE id = ?))",
            key.id(),
            key.id());
        Chunks.delete(sql, key.id());
      }
      case MANIFEST -> sql.update("UPDATE backup SET base_usable = 0 WHERE base = ?", key.id());
      case RECORD ->
          sql.update(
              "UPDATE backup SET base_usable = 0 WHERE chain = ? AND (SELECT seq FROM base WHERE"
                  + " base.id = backup.base) < ?",
              key.id() >> 40,
              Records.seq(key.id()));
    }
    return true;
  }

  private static Optional<Item> next(Sql sql, StoredEnvelope.Kind kind, long after) {
    List<Item> items =
        switch (kind) {
          case CHUNK ->
              sql.list(
                  "SELECT chunk.*, first FROM chunk JOIN chunk_first USING (id) WHERE chunk.id > ?"
                      + " ORDER BY chunk.id LIMIT 1",
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
    return items.stream().findFirst();
  }

  private static Item item(StoredEnvelope.Kind kind, ResultSet row, ChainDigest digest)
      throws SQLException {
    return new Item(
        new StoredEnvelope.Key(kind, row.getLong("id")),
        digest,
        Sql.hash(row, "digest"),
        row.getBytes("first"),
        row.getInt("segments"));
  }

  private static Position position(ResultSet row, long seq) throws SQLException {
    return new Position(
        row.getLong("generation"), seq, row.getLong("data_version"), Sql.hash(row, "prev"));
  }
}
