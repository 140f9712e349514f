package org.cldcb.server.store;

import java.util.Optional;
import org.cldcb.chain.Head;
import org.cldcb.chain.Position;
import org.cldcb.codec.Hash;
import org.cldcb.wire.AppendHow;
import org.cldcb.wire.Appended;
import org.cldcb.wire.Message;
import org.cldcb.wire.RefusalCode;

/** Expected head → new head, by a record: docs/PROTOCOL.md §4. Runs within a transaction. */
final class Appending {
  private final StoreSettings settings;
  private final Heads heads;

  Appending(StoreSettings settings, Heads heads) {
    this.settings = settings;
    this.heads = heads;
  }

  Message append(
      Sql sql, Writer writer, AppendHow how, Position position, Hash expected, Envelope envelope) {
    BackupRow row = BackupRow.findOrEmpty(sql, writer.backup());
    Optional<Message> refusal = Rights.refusalToCommit(sql, row, writer);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    if (!row.baseUsable()) {
      return heads.refused(RefusalCode.NO_USABLE_BASE, sql, row);
    }
    if (row.head().digest().equals(envelope.digest())) {
      return new Appended(row.head().seq(), row.head().digest(), heads.flags(sql, row));
    }
    if (!fits(sql, row, how, position, expected)) {
      return heads.refused(RefusalCode.HEAD_MOVED, sql, row);
    }
    Room room = heads.room(sql, row);
    Optional<RefusalCode> noRoom = room.refusesRecord(envelope.size());
    if (noRoom.isPresent()) {
      return heads.refused(noRoom.get(), sql, row);
    }
    return commit(sql, row, room, how, position, envelope);
  }

  private static boolean fits(
      Sql sql, BackupRow row, AppendHow how, Position position, Hash expected) {
    Head head = row.head();
    Head before = how == AppendHow.APPEND ? head : row.parent(sql);
    long version = position.dataVersion();
    return expected.equals(head.digest())
        && !before.isEmpty()
        && position.prev().equals(before.digest())
        && position.seq() == before.seq() + 1
        && (version == before.dataVersion() || version == before.dataVersion() + 1)
        && position.generation() <= head.generation()
        && position.generation() >= row.recordGeneration();
  }

  private Message commit(
      Sql sql, BackupRow row, Room room, AppendHow how, Position position, Envelope envelope) {
    long now = settings.now();
    long displaced = how == AppendHow.REPLACE ? displace(sql, row, now) : 0;
    Records.insert(sql, row.chain(), position, envelope, now);
    long recordBytes = row.recordBytes() - displaced + envelope.size();
    sql.update(
        "UPDATE backup SET seq = ?, data_version = ?, digest = ?, record_generation = ?,"
            + " records = ?, record_bytes = ?, last_write = ? WHERE id = ?",
        position.seq(),
        position.dataVersion(),
        envelope.digest(),
        position.generation(),
        row.records() + (how == AppendHow.APPEND ? 1 : 0),
        recordBytes,
        now,
        row.id());
    return new Appended(
        position.seq(), envelope.digest(), heads.flags(room, true, recordBytes, row.baseBytes()));
  }

  /** Keeps the head record as a branch of its own; gives its size. */
  private long displace(Sql sql, BackupRow row, long now) {
    long branch =
        sql.insert(
            "INSERT INTO chain (backup, begun, ended, reason, expires)"
                + " VALUES (?, ?, ?, 'replaced', ?)",
            row.id(),
            now,
            now,
            now + settings.routineKept().toSeconds());
    long id = Records.id(row.chain(), row.head().seq());
    long size = sql.number("SELECT size FROM record WHERE id = ?", id);
    Records.move(sql, id, Records.id(branch, row.head().seq()));
    return size;
  }
}
