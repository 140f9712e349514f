package org.cldcb.server.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cldcb.chain.Head;
import org.cldcb.codec.Hash;
import org.jspecify.annotations.Nullable;

/**
 * Whether the records of each chain follow one another, from the base that is in use to the head
 * that is told to clients. Reads no content. Used once.
 */
final class ChainLinks {
  private static final int PIECE = 10_000;

  private final Sql sql;
  private final Owners owners;
  private final List<String> findings = new ArrayList<>();

  ChainLinks(Sql sql, Owners owners) {
    this.sql = sql;
    this.owners = owners;
  }

  /** Where a chain is broken; none if none is. */
  List<String> findings() {
    for (long chain : sql.list("SELECT id FROM chain ORDER BY id", row -> row.getLong(1))) {
      // In one transaction: the chain grows meanwhile.
      sql.reading(
          () -> {
            check(chain);
            return true;
          });
    }
    checkHeads();
    return findings;
  }

  /** A record's place, and what it follows. */
  private record Link(long seq, long dataVersion, Hash prev, Hash digest) {}

  private void check(long chain) {
    Optional<Link> base =
        sql.first(
            "SELECT base.seq, base.data_version, base.prev FROM backup JOIN base ON base.id ="
                + " backup.base WHERE backup.chain = ?",
            row ->
                new Link(
                    row.getLong(1), row.getLong(2), Sql.hash(row, "prev"), Sql.hash(row, "prev")),
            chain);
    @Nullable Link last = null;
    long from = 0;
    for (List<Link> links = piece(chain, from); !links.isEmpty(); links = piece(chain, from)) {
      for (Link link : links) {
        Link before = last;
        if (base.isPresent() && isFirstAfter(base.get(), last, link)) {
          before = base.get();
        }
        compare(chain, before, link);
        last = link;
      }
      long next = links.get(links.size() - 1).seq() + 1;
      if (next <= from) {
        throw StoreException.damaged("records are out of order after seq " + from);
      }
      from = next;
    }
    if (base.isPresent()) {
      compareHead(chain, last == null || last.seq() < base.get().seq() ? base.get() : last);
    }
  }

  private static boolean isFirstAfter(Link base, @Nullable Link last, Link link) {
    return link.seq() > base.seq() && (last == null || last.seq() <= base.seq());
  }

  /** Whether the chain and the base in use are those that the head tells of. */
  private void checkHeads() {
    sql.list(
            "SELECT node_id, network FROM backup LEFT JOIN chain ON chain.id = backup.chain"
                + " LEFT JOIN base ON base.id = backup.base WHERE node_id <> X''"
                + " AND (backup.seq <> 0 OR backup.chain IS NOT NULL OR backup.base IS NOT NULL)"
                + " AND (chain.backup IS NOT backup.id OR base.backup IS NOT backup.id"
                + " OR base.chain IS NOT chain.id OR base.generation IS NOT backup.generation)",
            BackupRow::backup)
        .forEach(backup -> findings.add(backup + ": the base in use isn't the head's"));
  }

  private void compare(long chain, @Nullable Link before, Link link) {
    if (before != null && link.seq() != before.seq() + 1) {
      findings.add(
          owners.ofChain(chain)
              + ": records "
              + (before.seq() + 1)
              + " to "
              + (link.seq() - 1)
              + " are missing");
    } else if (before != null && !link.prev().equals(before.digest())) {
      findings.add(
          owners.ofChain(chain) + ": record " + link.seq() + " doesn't follow the one before it");
    }
  }

  private void compareHead(long chain, Link last) {
    Optional<Head> head =
        sql.first(
            "SELECT generation, seq, data_version, digest FROM backup WHERE chain = ?",
            row ->
                new Head(row.getLong(1), row.getLong(2), row.getLong(3), Sql.hash(row, "digest")),
            chain);
    if (head.isPresent()
        && (head.get().seq() != last.seq()
            || head.get().dataVersion() != last.dataVersion()
            || !head.get().digest().equals(last.digest()))) {
      findings.add(
          owners.ofChain(chain)
              + ": the head is record "
              + head.get().seq()
              + ", but the chain ends with another, "
              + last.seq());
    }
  }

  private List<Link> piece(long chain, long from) {
    return sql.list(
        "SELECT id, data_version, prev, digest FROM record WHERE id >= ? AND id < ? ORDER BY id"
            + " LIMIT ?",
        row ->
            new Link(
                Records.seq(row.getLong(1)),
                row.getLong(2),
                Sql.hash(row, "prev"),
                Sql.hash(row, "digest")),
        Records.id(chain, from),
        Records.id(chain + 1, 0),
        PIECE);
  }
}
