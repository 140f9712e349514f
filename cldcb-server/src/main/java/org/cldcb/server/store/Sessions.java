package org.cldcb.server.store;

import java.util.Optional;
import org.cldcb.chain.Claim;
import org.cldcb.chain.Head;
import org.cldcb.crypto.PublicKey;
import org.cldcb.wire.Claimed;
import org.cldcb.wire.ErrorCode;
import org.cldcb.wire.ErrorMessage;
import org.cldcb.wire.Message;
import org.cldcb.wire.Mode;
import org.cldcb.wire.RefusalCode;
import org.cldcb.wire.Standing;
import org.cldcb.wire.Superseded;
import org.cldcb.wire.Welcome;

/** Hello and claim: who a client is to the store. Runs within a transaction. */
final class Sessions {
  /** Core Lightning knows nine. */
  private static final int MAX_NETWORKS = 16;

  private final StoreSettings settings;
  private final Heads heads;

  Sessions(StoreSettings settings, Heads heads) {
    this.settings = settings;
    this.heads = heads;
  }

  Message hello(Sql sql, BackupId backup, PublicKey delegate, Mode mode, long epoch) {
    if (!Nodes.isAllowed(sql, backup.nodeId())) {
      return Rights.notAllowed();
    }
    if (BackupRow.find(sql, backup).isEmpty() && hasTooMany(sql, backup.nodeId())) {
      return new ErrorMessage(
          ErrorCode.OVER_LIMIT, "over a limit: a node has at most " + MAX_NETWORKS + " networks");
    }
    BackupRow row = BackupRow.findOrMake(sql, backup);
    Optional<Claim> last = ClaimTable.last(sql, row.id());
    if (last.isPresent() && ClaimTable.isSuperseded(sql, row.id(), delegate)) {
      return new Superseded(last.get());
    }
    if (mode == Mode.READ) {
      return welcome(sql, row, last, delegate, 0);
    }
    return Rights.refusal(sql, row, new Writer(backup, delegate, epoch))
        .orElseGet(() -> welcome(sql, row, last, delegate, epochFor(sql, row, mode, epoch)));
  }

  private static boolean hasTooMany(Sql sql, PublicKey node) {
    return sql.number("SELECT count(*) FROM backup WHERE node_id = ?", node) >= MAX_NETWORKS;
  }

  private static long epochFor(Sql sql, BackupRow row, Mode mode, long joined) {
    if (mode == Mode.BULK) {
      return joined;
    }
    sql.update("UPDATE backup SET epoch = epoch + 1 WHERE id = ?", row.id());
    return row.epoch() + 1;
  }

  private Welcome welcome(
      Sql sql, BackupRow row, Optional<Claim> last, PublicKey delegate, long epoch) {
    Standing standing =
        last.map(claim -> claim.delegate().equals(delegate) ? Standing.CLAIMANT : Standing.NEW)
            .orElse(Standing.UNCLAIMED);
    HeadState state = heads.state(sql, row);
    long number = last.map(Claim::number).orElse(0L);
    return new Welcome(
        settings.now(), standing, number, epoch, state.head(), state.parent(), state.flags());
  }

  /** Takes a claim whose signatures are verified. */
  Message claim(Sql sql, Writer writer, Claim claim, Head expected) {
    if (!Nodes.isAllowed(sql, writer.backup().nodeId())) {
      return Rights.notAllowed();
    }
    BackupRow row = BackupRow.findOrMake(sql, writer.backup());
    Optional<Claim> last = ClaimTable.last(sql, row.id());
    if (last.isPresent() && last.get().equals(claim)) {
      return new Claimed(claim.number());
    }
    if (last.isPresent() && ClaimTable.isSuperseded(sql, row.id(), claim.delegate())) {
      return new Superseded(last.get());
    }
    if (claim.number() != last.map(Claim::number).orElse(0L) + 1) {
      return heads.refused(RefusalCode.BAD_CLAIM, sql, row);
    }
    if (!expected.equals(row.head())) {
      return heads.refused(RefusalCode.HEAD_MOVED, sql, row);
    }
    ClaimTable.insert(sql, row.id(), claim, row.head(), settings.now());
    sql.update("UPDATE backup SET epoch = epoch + 1 WHERE id = ?", row.id());
    return new Claimed(claim.number());
  }
}
