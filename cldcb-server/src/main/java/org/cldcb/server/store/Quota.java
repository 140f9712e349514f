package org.cldcb.server.store;

import java.util.List;
import org.cldcb.crypto.PublicKey;

/**
 * What a node may keep, and keeps, on all its networks. All in bytes, as they were sent.
 *
 * @param limit 0: none
 * @param kept everything, former generations and displaced chains too
 * @param keptBases of that chunks, manifests and references to chunks, in use or not
 * @param currentBases what the current bases are made of
 */
public record Quota(long limit, long kept, long keptBases, long currentBases) {
  /** What is stored of a reference to a chunk: schema-2.sql counts so much, too. */
  static final long REFERENCE = 100;

  private static final String SUMS = "sum(kept), sum(kept_bases), sum(base_bytes)";
  private static final long NEARLY_USED_FRACTION = 5;

  /** One node's. */
  public record OfNode(PublicKey nodeId, Quota quota) {}

  static Quota of(Sql sql, PublicKey node) {
    return sql.first(
            "SELECT (SELECT quota FROM node WHERE node_id = ?), "
                + SUMS
                + " FROM backup WHERE node_id = ?",
            row -> new Quota(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)),
            node,
            node)
        .orElseThrow();
  }

  /** Those of all nodes that have one. */
  static List<OfNode> all(Sql sql) {
    return sql.list(
        "SELECT node_id, quota, "
            + SUMS
            + " FROM node JOIN backup USING (node_id) WHERE quota > 0 GROUP BY node_id",
        row ->
            new OfNode(
                PublicKey.of(row.getBytes(1)),
                new Quota(row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5))));
  }

  /** How much of it is used, in terms of what is done about it. */
  public enum Level {
    ENOUGH,
    /** Over 80 %: it is said. */
    NEARLY_USED,
    /** The node's former generations go before their time. */
    OVER
  }

  public Level level() {
    if (limit == 0 || kept <= limit - limit / NEARLY_USED_FRACTION) {
      return Level.ENOUGH;
    }
    return kept > limit ? Level.OVER : Level.NEARLY_USED;
  }

  /**
   * Whether so much more of a base is taken. Records don't count: a base is what makes them
   * superfluous. Nor does the base that is replaced, so that there is always room for its
   * successor.
   */
  boolean takesBases(long more) {
    return limit == 0 || keptBases + more <= limit + Math.min(limit, currentBases);
  }

  /** Once a record of this size is stored, besides whatever it displaces. */
  Quota afterRecord(long size) {
    return new Quota(limit, kept + size, keptBases, currentBases);
  }

  /** One line for operators. */
  public String sentence(PublicKey node) {
    String use = "node " + node + " uses " + kept + " of its quota of " + limit + " bytes";
    String more = "; to give it more: cldcb-server allow " + node + " --quota SIZE";
    return switch (level()) {
      case ENOUGH -> use;
      case NEARLY_USED -> use + ", over 80 %" + more;
      case OVER -> use + ": records are taken all the same, new bases may be refused" + more;
    };
  }
}
