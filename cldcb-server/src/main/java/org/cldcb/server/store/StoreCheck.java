package org.cldcb.server.store;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cldcb.crypto.PublicKey;

/**
 * Reads a store from end to end and names what is damaged, without any secret and changing nothing:
 * SQLite's own check, the digest of everything stored, the links of each chain, the chunks of each
 * base and what it stands on, the signatures of the claims. May run beside the server. Used once.
 */
public final class StoreCheck implements AutoCloseable {
  /** As many lines as somebody reads; what is broken to that degree is broken. */
  private static final int MAX_FINDINGS = 1000;

  private final Sql sql;
  private final Optional<PublicKey> server;
  private final Owners owners;
  private final List<String> findings = new ArrayList<>();
  private final Map<StoredEnvelope.Kind, Long> read = new EnumMap<>(StoredEnvelope.Kind.class);

  private StoreCheck(Sql sql, Optional<PublicKey> server) {
    this.sql = sql;
    this.server = server;
    owners = new Owners(sql);
  }

  /**
   * What was found.
   *
   * @param findings one line each, 1000 at most
   */
  public record Result(long records, long chunks, long manifests, List<String> findings) {
    public boolean isSound() {
      return findings.isEmpty();
    }
  }

  /**
   * Opens the store in this folder.
   *
   * @param server the server's key, without which claims aren't checked
   */
  public static StoreCheck open(Path dataDir, Optional<PublicKey> server) {
    return new StoreCheck(StoreFile.connectToRead(StoreFile.in(dataDir)), server);
  }

  /** Reads everything. */
  public Result run() {
    attempt("SQLite's structure", this::checkStructure);
    for (StoredEnvelope.Kind kind : StoredEnvelope.Kind.values()) {
      attempt("the table of " + name(kind) + "s", () -> checkContent(kind));
    }
    attempt("the chains", () -> findings.addAll(new ChainLinks(sql, owners).findings()));
    attempt("the chunks of the bases", this::checkPresence);
    attempt("the bases that stand on others", this::checkLayers);
    server.ifPresent(
        key -> attempt("the claims", () -> findings.addAll(new ClaimCheck(sql, key).findings())));
    return new Result(
        read(StoredEnvelope.Kind.RECORD),
        read(StoredEnvelope.Kind.CHUNK),
        read(StoredEnvelope.Kind.MANIFEST),
        findings.stream().limit(MAX_FINDINGS).toList());
  }

  @Override
  public void close() {
    sql.close();
  }

  /** Where SQLite can't go on, the other checks may. */
  private void attempt(String what, Runnable check) {
    try {
      check.run();
    } catch (StoreException e) {
      if (!e.isDamage()) {
        throw e;
      }
      findings.add(what + " can't be read to the end: " + e.getMessage());
    }
  }

  private void checkStructure() {
    sql.list("PRAGMA integrity_check(" + MAX_FINDINGS + ")", row -> row.getString(1)).stream()
        .flatMap(String::lines)
        .filter(line -> !line.equals("ok"))
        .forEach(line -> findings.add("SQLite's structure: " + line));
  }

  private void checkContent(StoredEnvelope.Kind kind) {
    long at = 0;
    while (findings.size() < MAX_FINDINGS) {
      long from = at;
      try {
        Optional<Scrubber.Item> next = Scrubber.next(sql, kind, from);
        if (next.isEmpty()) {
          return;
        }
        at = next.get().key().id();
        checkItem(next.get());
      } catch (StoreException e) {
        if (!e.isDamage()) {
          throw e;
        }
        at =
            Math.max(
                at,
                Damage.readableAfter(
                    from, id -> Damage.isReadable(() -> Scrubber.next(sql, kind, id))));
        findings.add(owners.upTo(new StoredEnvelope.Key(kind, at)) + " can't be read");
      }
    }
  }

  private void checkItem(Scrubber.Item item) {
    StoredEnvelope.Key key = item.key();
    read.merge(key.kind(), 1L, Long::sum);
    // Read again within one transaction: the server may just have replaced or deleted it.
    if (!Scrubber.isSound(sql, item) && sql.reading(() -> Scrubber.isRotten(sql, key))) {
      findings.add(owners.of(key) + " is damaged");
    }
  }

  private void checkPresence() {
    sql.list(
            "SELECT base.id, count(*) FROM base JOIN base_chunk ON base_chunk.base = base.id"
                + " LEFT JOIN chunk ON chunk.backup = base.backup"
                + " AND chunk.chunk_id = base_chunk.chunk_id"
                + " WHERE chunk.id IS NULL AND base.first IS NOT NULL GROUP BY base.id",
            row ->
                owners.of(new StoredEnvelope.Key(StoredEnvelope.Kind.MANIFEST, row.getLong(1)))
                    + " names chunks that are missing: "
                    + row.getLong(2))
        .forEach(findings::add);
  }

  private void checkLayers() {
    sql.list(
            "SELECT base.id FROM base LEFT JOIN base below ON below.id = base.parent"
                + " WHERE base.first IS NOT NULL AND (base.parent IS NULL AND base.depth <> 0"
                + " OR base.parent IS NOT NULL AND (below.first IS NULL"
                + " OR below.backup <> base.backup OR below.chain <> base.chain"
                + " OR below.depth <> base.depth - 1 OR below.generation >= base.generation"
                + " OR below.seq > base.seq))",
            row -> owners.of(new StoredEnvelope.Key(StoredEnvelope.Kind.MANIFEST, row.getLong(1))))
        .forEach(base -> findings.add(base + ": the base that it stands on is missing"));
  }

  private long read(StoredEnvelope.Kind kind) {
    return read.getOrDefault(kind, 0L);
  }

  private static String name(StoredEnvelope.Kind kind) {
    return switch (kind) {
      case RECORD -> "record";
      case CHUNK -> "chunk";
      case MANIFEST -> "manifest";
    };
  }
}
