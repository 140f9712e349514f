package org.cldcb.server.store;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.cldcb.crypto.PublicKey;
import org.jspecify.annotations.Nullable;

/**
 * What each node's last append has read and left, so that the next need not ask again. It holds as
 * long as nobody has written anything else, in whatever way: {@link Sql#changes} tells, within the
 * very transaction that builds on it. Not thread-safe.
 */
final class LastAppends {
  private static final int MAX = 1024;

  private final Map<PublicKey, Known> known = new HashMap<>();
  private long changes;
  private long transaction;
  private @Nullable Space space;

  /**
   * What is known of a node.
   *
   * @param writer who may write to it: rights, claim and epoch were found good
   * @param quota the node's
   */
  record Known(Writer writer, BackupRow row, Quota quota) {}

  /** What is stored for this writer, if that is known; no question then but {@link #space}. */
  Optional<Known> of(Sql sql, Writer writer) {
    if (changes != sql.changes() || known.size() > MAX) {
      known.clear();
      changes = sql.changes();
    }
    return Optional.ofNullable(known.get(writer.backup().nodeId()))
        .filter(last -> last.writer().equals(writer));
  }

  /** Room on the disk, asked for once in each transaction. */
  Space space(Sql sql, StoreSettings settings) {
    Space now = transaction == sql.transactions() && space != null ? space : settings.space(sql);
    transaction = sql.transactions();
    space = now;
    return now;
  }

  /**
   * An append was stored: all that was written since {@link #of} was asked are its own statements,
   * and this is what they left. A node's other backups share its quota, so only one is kept.
   */
  void stored(Sql sql, Known left, Space room) {
    known.put(left.writer().backup().nodeId(), left);
    changes = sql.changes();
    space = room;
  }
}
