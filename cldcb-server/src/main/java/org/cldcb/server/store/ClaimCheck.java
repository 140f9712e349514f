package org.cldcb.server.store;

import java.util.ArrayList;
import java.util.List;
import org.cldcb.chain.ChainException;
import org.cldcb.chain.ChainVerifier;
import org.cldcb.chain.StoredClaim;
import org.cldcb.crypto.PublicKey;

/** Whether a recovery would accept the claims of each backup: signed, numbered, in their order. */
final class ClaimCheck {
  private final Sql sql;
  private final PublicKey server;

  /**
   * A check of claims.
   *
   * @param server the key that they name
   */
  ClaimCheck(Sql sql, PublicKey server) {
    this.sql = sql;
    this.server = server;
  }

  /** A line for each backup with a claim that isn't sound. */
  List<String> findings() {
    List<String> findings = new ArrayList<>();
    sql.list(
            "SELECT node_id, network FROM backup WHERE node_id <> X'' ORDER BY id",
            BackupRow::backup)
        .forEach(backup -> check(backup, findings));
    return findings;
  }

  private void check(BackupId backup, List<String> findings) {
    ChainVerifier verifier = new ChainVerifier(backup.nodeId(), server);
    try {
      List<StoredClaim> claims = ClaimTable.from(sql, backup, 1);
      while (!claims.isEmpty()) {
        for (StoredClaim claim : claims) {
          verifier.claim(claim);
        }
        claims = ClaimTable.from(sql, backup, verifier.lastClaim() + 1);
      }
    } catch (ChainException e) {
      findings.add(backup + ": " + e.getMessage());
    }
  }
}
