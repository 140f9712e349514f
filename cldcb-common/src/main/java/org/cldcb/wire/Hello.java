package org.cldcb.wire;

import org.cldcb.chain.Keys;
import org.cldcb.chain.Network;
import org.cldcb.codec.ByteReader;
import org.cldcb.codec.ByteWriter;
import org.cldcb.codec.FormatException;
import org.cldcb.crypto.MessageSignature;
import org.cldcb.crypto.PublicKey;

/**
 * The first message of a client: who it speaks for, and what it wants to do.
 *
 * @param version protocol version, {@link #VERSION}
 * @param epoch the writer epoch to join in {@link Mode#BULK}, else 0
 * @param delegation the node's signature for the delegate key of this very handshake
 */
public record Hello(
    int version,
    Mode mode,
    long epoch,
    Network network,
    PublicKey nodeId,
    MessageSignature delegation)
    implements Message {
  /** The version of the protocol that this code speaks. */
  public static final int VERSION = 1;

  static final int TYPE = 1;

  @Override
  public int type() {
    return TYPE;
  }

  @Override
  public void write(ByteWriter out) {
    out.u8(version);
    out.u8(mode.ordinal());
    out.u64(epoch);
    network.write(out);
    out.bytes(nodeId.bytes());
    out.bytes(delegation.bytes());
  }

  static Hello read(ByteReader in) throws FormatException {
    return new Hello(
        in.u8(),
        Mode.read(in),
        in.u64(),
        Network.read(in),
        Keys.readPublic(in),
        Keys.readSignature(in));
  }
}
