package org.cldcb.client.recover;

import java.io.IOException;
import java.time.Duration;
import org.cldcb.chain.Head;
import org.cldcb.wire.Status;

/**
 * What the server says of a backup before anything is read; none of it is proven.
 *
 * @param age of the last write, by the server's clock
 */
record Survey(Head head, Duration age) {

  /** Asks; a failure if there is no backup. */
  static Survey of(Source source) throws IOException {
    try (Backup backup = source.server().open()) {
      Head head = backup.welcome().head();
      if (head.isEmpty()) {
        throw RecoverMessages.noBackup(source.identity().nodeId());
      }
      Status status = backup.status();
      Duration age = Duration.ofSeconds(backup.welcome().serverTime() - status.lastWriteTime());
      return new Survey(head, age);
    }
  }
}
