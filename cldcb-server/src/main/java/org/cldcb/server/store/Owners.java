package org.cldcb.server.store;

import java.util.HexFormat;

/** Says in the operator's words whose a stored envelope is. Not thread-safe. */
final class Owners {
  private final Sql sql;

  Owners(Sql sql) {
    this.sql = sql;
  }

  /** {@code node 02ab… bitcoin: record 17}. */
  String of(StoredEnvelope.Key key) {
    return switch (key.kind()) {
      case RECORD -> ofChain(Records.chain(key.id())) + ": record " + Records.seq(key.id());
      case CHUNK ->
          named("SELECT backup FROM chunk WHERE id = ?", key.id()) + ": chunk " + key.id();
      case MANIFEST ->
          named("SELECT backup FROM base WHERE id = ?", key.id())
              + ": base of generation "
              + sql.number("SELECT generation FROM base WHERE id = ?", key.id());
    };
  }

  /** A stretch of what is stored, by its end. */
  String upTo(StoredEnvelope.Key last) {
    return switch (last.kind()) {
      case RECORD ->
          ofChain(Records.chain(last.id())) + ": records up to " + Records.seq(last.id());
      case CHUNK -> "chunks up to " + last.id();
      case MANIFEST -> "bases up to " + last.id();
    };
  }

  /** The node and network of a chain, and whether it was displaced. */
  String ofChain(long chain) {
    String backup = named("SELECT backup FROM chain WHERE id = ?", chain);
    boolean displaced =
        sql.number("SELECT count(*) FROM chain WHERE id = ? AND ended IS NOT NULL", chain) > 0;
    return displaced ? backup + ", displaced chain" : backup;
  }

  private String named(String backup, long id) {
    return sql.first(
            "SELECT node_id, network FROM backup WHERE id = (" + backup + ")",
            row -> name(row.getBytes(1), row.getString(2)),
            id)
        .orElse("nobody's");
  }

  private static String name(byte[] nodeId, String network) {
    return nodeId.length == 0
        ? "a forgotten node"
        : "node " + HexFormat.of().formatHex(nodeId) + " " + network;
  }
}
