package org.cldcb.server.store;

import org.cldcb.chain.Position;

/**
 * An envelope on its way out: the first part at once, the further segments one by one with {@link
 * BackupStore#segment}.
 *
 * @param key for {@link BackupStore#segment}
 * @param position meaningless for a chunk
 * @param receivedAt unix seconds of the server's clock
 * @param first header and first segment
 * @param segments how many segments follow the first
 */
public record StoredEnvelope(
    Key key, Position position, long receivedAt, byte[] first, int segments) {

  /** Names a stored envelope. */
  public record Key(Kind kind, long id) {}

  /** What it holds; the ordinal is stored. */
  public enum Kind {
    RECORD,
    MANIFEST,
    CHUNK
  }
}
