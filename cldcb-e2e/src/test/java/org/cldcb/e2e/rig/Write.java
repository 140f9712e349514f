package org.cldcb.e2e.rig;

import java.util.List;

/**
 * One db_write: the statements of a transaction, or of PRAGMAs outside any.
 *
 * @param dataVersion the version that it had when it was recorded
 */
public record Write(long dataVersion, List<String> statements) {
  public Write {
    statements = List.copyOf(statements);
  }

  /** Whether this runs outside any transaction, and leaves the version as it is. */
  public boolean isPragma() {
    return !statements.isEmpty() && statements.stream().allMatch(Write::isPragma);
  }

  private static boolean isPragma(String statement) {
    return statement.startsWith("PRAGMA");
  }
}
