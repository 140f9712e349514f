package org.cldcb.server.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.cldcb.chain.Claim;
import org.cldcb.chain.Head;
import org.cldcb.chain.StoredClaim;
import org.cldcb.crypto.MessageSignature;
import org.cldcb.crypto.PublicKey;
import org.cldcb.wire.Claims;

/** The claim table: who may write a backup, and who could before. */
final class ClaimTable {
  private ClaimTable() {}

  static Optional<Claim> last(Sql sql, long backup) {
    return sql.first(
        "SELECT * FROM claim WHERE backup = ? ORDER BY number DESC LIMIT 1",
        ClaimTable::claim,
        backup);
  }

  /** Whether the last claim is the delegate's; asked at every write, so no keys are decoded. */
  static boolean isClaimant(Sql sql, long backup, PublicKey delegate) {
    return sql.number(
            "SELECT delegate = ? FROM claim WHERE backup = ? ORDER BY number DESC LIMIT 1",
            delegate,
            backup)
        != 0;
  }

  /** Whether the delegate has claimed once and another one has since. */
  static boolean isSuperseded(Sql sql, long backup, PublicKey delegate) {
    Optional<Claim> last = last(sql, backup);
    return last.isPresent()
        && !last.get().delegate().equals(delegate)
        && sql.number(
                "SELECT count(*) FROM claim WHERE backup = ? AND delegate = ?", backup, delegate)
            > 0;
  }

  static List<StoredClaim> from(Sql sql, BackupId backup, long number) {
    return sql.list(
        "SELECT claim.* FROM claim JOIN backup ON backup.id = claim.backup WHERE node_id = ? AND"
            + " network = ? AND number >= ? ORDER BY number LIMIT ?",
        row ->
            new StoredClaim(
                claim(row),
                new Head(
                    row.getLong("generation"),
                    row.getLong("seq"),
                    row.getLong("data_version"),
                    Sql.hash(row, "digest"))),
        backup.nodeId(),
        backup.network().name(),
        number,
        Claims.MAX);
  }

  static void insert(Sql sql, long backup, Claim claim, Head head, long now) {
    sql.update(
        "INSERT INTO claim (backup, number, delegate, delegation, signature, generation, seq,"
            + " data_version, digest, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        backup,
        claim.number(),
        claim.delegate(),
        claim.delegation().bytes(),
        claim.signature().bytes(),
        head.generation(),
        head.seq(),
        head.dataVersion(),
        head.digest(),
        now);
  }

  private static Claim claim(ResultSet row) throws SQLException {
    return new Claim(
        row.getLong("number"),
        Sql.decoded(row, "delegate", PublicKey::of),
        Sql.decoded(row, "delegation", MessageSignature::of),
        Sql.decoded(row, "signature", MessageSignature::of));
  }
}
