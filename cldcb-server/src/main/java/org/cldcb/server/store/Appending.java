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
  private final LastAppends last = new LastAppends();

  Appending(StoreSettings settings, Heads heads) {
    this.settings = settings;
    this.heads = heads;
  }

  Message append(
      Sql sql, Writer writer, AppendHow how, Position position, Hash expected, Envelope envelope) {
    Optional<LastAppends.Known> known = last.of(sql, writer);
    if (known.isPresent()) {
      return append(sql, known.get(), how, position, expected, envelope);
    }
    BackupRow row = BackupRow.findOrEmpty(sql, writer.backup());
    Optional<Message> refusal = Rights.refusalToCommit(sql, row, writer);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    Quota quota = Quota.of(sql, writer.backup().nodeId());
    return append(
        sql, new LastAppends.Known(writer, row, quota), how, position, expected, envelope);
  }

  private Message append(
      Sql sql,
      LastAppends.Known known,
      AppendHow how,
      Position position,
      Hash expected,
      Envelope envelope) {
    BackupRow row = known.row();
    if (!row.baseUsable()) {
      return heads.refused(RefusalCode.NO_USABLE_BASE, sql, row);
    }
    if (row.head().digest().equals(envelope.digest())) {
      return new Appended(row.head().seq(), row.head().digest(), heads.flags(sql, row));
    }
    if (!fits(sql, row, how, position, expected)) {
      return heads.refused(RefusalCode.HEAD_MOVED, sql, row);
    }
    Room room = new Room(last.space(sql, settings), known.quota());
    Optional<RefusalCode> noRoom = room.refusesRecord(envelope.size());
    if (noRoom.isPresent()) {
      return heads.refused(noRoom.get(), sql, row);
    }
    BackupRow left = commit(sql, row, how, position, envelope);
    last.stored(
        sql,
        new LastAppends.Known(known.writer(), left, known.quota().afterRecord(envelope.size())),
        room.space().after(envelope.size()));
    return new Appended(
        left.head().seq(),
        left.head().digest(),
        heads.flags(room, true, left.recordBytes(), left.baseBytes()));
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

  /** Stores it; gives what the backup's row is then. */
  private BackupRow commit(
      Sql sql, BackupRow row, AppendHow how, Position position, Envelope envelope) {
    long now = settings.now();
    long displaced = how == AppendHow.REPLACE ? displace(sql, row, now) : 0;
    Records.insert(sql, row.chain(), position, envelope, now);
    BackupRow left =
        row.with(
            position,
            envelope.digest(),
            row.records() + (how == AppendHow.APPEND ? 1 : 0),
            row.recordBytes() - displaced + envelope.size(),
            now);
    sql.update(
        "UPDATE backup SET seq = ?, data_version = ?, digest = ?, record_generation = ?,"
            + " records = ?, record_bytes = ?, last_write = ? WHERE id = ?",
        left.head().seq(),
        left.head().dataVersion(),
        left.head().digest(),
        left.recordGeneration(),
        left.records(),
        left.recordBytes(),
        now,
        row.id());
    return left;
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
