package org.cldcb.server.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.cldcb.chain.Head;
import org.cldcb.chain.Network;
import org.cldcb.chain.Position;
import org.cldcb.codec.Hash;
import org.cldcb.crypto.PublicKey;

/**
 * A row of the backup table.
 *
 * @param chain id, 0 before the first base
 * @param base id, 0 before the first base
 * @param baseUsable whether the base is sound; without that nothing is appended
 * @param recordGeneration the generation in the last record, below which the next may not fall
 */
record BackupRow(
    long id,
    BackupId backup,
    long epoch,
    long chain,
    long base,
    boolean baseUsable,
    long baseBytes,
    Head head,
    long recordGeneration,
    long records,
    long recordBytes,
    long lastWrite) {

  static Optional<BackupRow> find(Sql sql, BackupId backup) {
    return sql.first(
        "SELECT * FROM backup WHERE node_id = ? AND network = ?",
        row -> read(row, backup),
        backup.nodeId(),
        backup.network().name());
  }

  /** The row; one with id 0 and the empty head, which is not stored, if there is none. */
  static BackupRow findOrEmpty(Sql sql, BackupId backup) {
    return find(sql, backup)
        .orElseGet(() -> new BackupRow(0, backup, 0, 0, 0, false, 0, Head.EMPTY, 0, 0, 0, 0));
  }

  /** The row; made if there is none, which only an allowed node may cause. */
  static BackupRow findOrMake(Sql sql, BackupId backup) {
    sql.update(
        "INSERT OR IGNORE INTO backup (node_id, network, digest) VALUES (?, ?, ?)",
        backup.nodeId(),
        backup.network().name(),
        Hash.ZERO);
    return find(sql, backup).orElseThrow();
  }

  /** Whose it is, by the columns node_id and network. */
  static BackupId backup(ResultSet row) throws SQLException {
    return new BackupId(
        Sql.decoded(row, "node_id", PublicKey::of),
        Sql.decoded(row, "network", name -> new Network(new String(name, UTF_8))));
  }

  static BackupRow read(ResultSet row, BackupId backup) throws SQLException {
    Head head =
        new Head(
            row.getLong("generation"),
            row.getLong("seq"),
            row.getLong("data_version"),
            Sql.hash(row, "digest"));
    return new BackupRow(
        row.getLong("id"),
        backup,
        row.getLong("epoch"),
        row.getLong("chain"),
        row.getLong("base"),
        row.getBoolean("base_usable"),
        row.getLong("base_bytes"),
        head,
        row.getLong("record_generation"),
        row.getLong("records"),
        row.getLong("record_bytes"),
        row.getLong("last_write"));
  }

  /** The row once a record was stored in this place, and nothing else was changed. */
  BackupRow with(Position position, Hash digest, long records, long recordBytes, long now) {
    return new BackupRow(
        id,
        backup,
        epoch,
        chain,
        base,
        baseUsable,
        baseBytes,
        new Head(head.generation(), position.seq(), position.dataVersion(), digest),
        position.generation(),
        records,
        recordBytes,
        now);
  }

  /**
   * The head before the head's record, if that stands above the current base; else the empty head.
   */
  Head parent(Sql sql) {
    if (base == 0) {
      return Head.EMPTY;
    }
    Head stoodOn = baseHead(sql);
    if (head.seq() <= stoodOn.seq()) {
      return Head.EMPTY;
    }
    return head.seq() - 1 == stoodOn.seq()
        ? stoodOn
        : Records.headAt(sql, chain, head.seq() - 1).orElse(Head.EMPTY);
  }

  /** The head that the current base stands on. */
  Head baseHead(Sql sql) {
    return sql.first(
            "SELECT generation, seq, data_version, prev FROM base WHERE id = ?",
            row -> new Head(row.getLong(1), row.getLong(2), row.getLong(3), Sql.hash(row, "prev")),
            base)
        .orElse(Head.EMPTY);
  }
}
