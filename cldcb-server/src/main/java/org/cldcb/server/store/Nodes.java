package org.cldcb.server.store;

import java.util.List;
import org.cldcb.crypto.PublicKey;
import org.jspecify.annotations.Nullable;

/** The allow-list. Each change moves the list's version, by which a running server notices it. */
final class Nodes {
  private static final String VERSION = "list_version";

  private Nodes() {}

  static void allow(Sql sql, PublicKey nodeId, String label, @Nullable Long quota, long now) {
    sql.update(
        "INSERT INTO node (node_id, label, allowed, since, quota) VALUES (?, ?, 1, ?, ?)"
            + " ON CONFLICT (node_id) DO UPDATE SET allowed = 1, since = excluded.since,"
            + " label = CASE excluded.label WHEN '' THEN label ELSE excluded.label END",
        nodeId,
        label,
        now,
        defaultQuota(sql));
    if (quota != null) {
      sql.update("UPDATE node SET quota = ? WHERE node_id = ?", quota, nodeId);
    }
    changed(sql);
  }

  private static long defaultQuota(Sql sql) {
    return sql.first(
            "SELECT CAST(value AS INTEGER) FROM setting WHERE name = ?",
            row -> row.getLong(1),
            StoreSettings.QUOTA)
        .orElse(StoreSettings.DEFAULT_QUOTA);
  }

  static boolean revoke(Sql sql, PublicKey nodeId, long now) {
    int known = sql.update("UPDATE node SET allowed = 0, since = ? WHERE node_id = ?", now, nodeId);
    changed(sql);
    return known > 0;
  }

  static boolean forget(Sql sql, PublicKey nodeId) {
    boolean kept = Retention.forget(sql, nodeId);
    int known = sql.update("DELETE FROM node WHERE node_id = ?", nodeId);
    changed(sql);
    return known > 0 || kept;
  }

  static boolean isAllowed(Sql sql, PublicKey nodeId) {
    return sql.number("SELECT allowed FROM node WHERE node_id = ?", nodeId) == 1;
  }

  static List<NodeEntry> list(Sql sql) {
    return sql.list(
        "SELECT node_id, label, allowed, since, quota FROM node ORDER BY label, node_id",
        row ->
            new NodeEntry(
                Sql.decoded(row, "node_id", PublicKey::of),
                row.getString(2),
                row.getBoolean(3),
                row.getLong(4),
                row.getLong(5)));
  }

  static long version(Sql sql) {
    return sql.number("SELECT CAST(value AS INTEGER) FROM setting WHERE name = ?", VERSION);
  }

  private static void changed(Sql sql) {
    sql.update(
        "INSERT INTO setting (name, value) VALUES (?, '1')"
            + " ON CONFLICT (name) DO UPDATE SET value = CAST(value AS INTEGER) + 1",
        VERSION);
  }
}
