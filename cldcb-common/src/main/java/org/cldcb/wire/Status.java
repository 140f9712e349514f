package org.cldcb.wire;

import org.cldcb.codec.ByteReader;
import org.cldcb.codec.ByteWriter;
import org.cldcb.codec.FormatException;

/**
 * Figures about this node's backup.
 *
 * @param records in the current generation
 * @param lastWriteTime unix seconds, 0 if none
 * @param usedBytes all that is kept for the node, former generations and branches too, on all its
 *     networks
 * @param quotaBytes 0 if there is no quota
 */
public record Status(
    long records,
    long recordBytes,
    long baseBytes,
    long generations,
    long branches,
    long lastWriteTime,
    long usedBytes,
    long quotaBytes)
    implements Message {
  static final int TYPE = 51;

  @Override
  public int type() {
    return TYPE;
  }

  @Override
  public void write(ByteWriter out) {
    out.u64(records);
    out.u64(recordBytes);
    out.u64(baseBytes);
    out.u64(generations);
    out.u64(branches);
    out.u64(lastWriteTime);
    out.u64(usedBytes);
    out.u64(quotaBytes);
  }

  static Status read(ByteReader in) throws FormatException {
    return new Status(
        in.u64(), in.u64(), in.u64(), in.u64(), in.u64(), in.u64(), in.u64(), in.u64());
  }
}
