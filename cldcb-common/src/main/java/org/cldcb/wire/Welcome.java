package org.cldcb.wire;

import org.cldcb.chain.Head;
import org.cldcb.codec.ByteReader;
import org.cldcb.codec.ByteWriter;
import org.cldcb.codec.FormatException;

/**
 * The server's answer to a hello that it accepts.
 *
 * @param serverTime unix seconds
 * @param claimNumber of the last claim, 0 if none
 * @param parent the head before the head's record, or the empty head where that cannot be replaced
 */
public record Welcome(
    long serverTime,
    Standing standing,
    long claimNumber,
    long epoch,
    Head head,
    Head parent,
    Flags flags)
    implements Message {
  static final int TYPE = 2;

  @Override
  public int type() {
    return TYPE;
  }

  @Override
  public void write(ByteWriter out) {
    out.u64(serverTime);
    out.u8(standing.ordinal());
    out.u64(claimNumber);
    out.u64(epoch);
    head.write(out);
    parent.write(out);
    out.u8(flags.bits());
  }

  static Welcome read(ByteReader in) throws FormatException {
    return new Welcome(
        in.u64(),
        Standing.read(in),
        in.u64(),
        in.u64(),
        Head.read(in),
        Head.read(in),
        Flags.read(in));
  }
}
