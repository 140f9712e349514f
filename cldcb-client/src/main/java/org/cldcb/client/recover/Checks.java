package org.cldcb.client.recover;

import java.io.IOException;
import org.cldcb.client.cli.Terminal;
import org.cldcb.client.recover.database.Findings;

/** What becomes of the findings of SQLite's checks. */
final class Checks {
  private Checks() {}

  /** Reports them, and refuses damage that the original didn't have. */
  static void require(Copy copy, Terminal terminal) throws IOException {
    Findings findings = copy.check();
    report(findings, terminal);
    if (!findings.fresh().isEmpty()) {
      throw RecoverMessages.damaged(findings.fresh());
    }
  }

  static void report(Findings findings, Terminal terminal) {
    findings.fresh().stream().map(RecoverMessages::fresh).forEach(terminal::warn);
    findings.known().stream().map(RecoverMessages::known).forEach(terminal::warn);
    findings.indexes().stream().map(RecoverMessages::index).forEach(terminal::warn);
    findings.foreignKeys().stream().map(RecoverMessages::foreignKey).forEach(terminal::warn);
  }
}
