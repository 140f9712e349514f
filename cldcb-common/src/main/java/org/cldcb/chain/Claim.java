package org.cldcb.chain;

import org.cldcb.codec.ByteReader;
import org.cldcb.codec.ByteWriter;
import org.cldcb.codec.FormatException;
import org.cldcb.crypto.MessageSignature;
import org.cldcb.crypto.PublicKey;

/**
 * A delegate made the one writer of a node's chain on one server: docs/FORMAT.md §9.
 *
 * @param number 1 for the first, rising by one
 * @param delegation the node's signature over {@link Delegation#delegationText}
 * @param signature the node's signature over {@link Delegation#claimText}
 */
public record Claim(
    long number, PublicKey delegate, MessageSignature delegation, MessageSignature signature) {

  /** Whether both signatures are the node's, over this number and this server. */
  public boolean isValid(PublicKey nodeId, PublicKey server) {
    return Delegation.signedBy(nodeId, Delegation.delegationText(delegate), delegation)
        && Delegation.signedBy(nodeId, Delegation.claimText(number, delegate, server), signature);
  }

  public static Claim read(ByteReader in) throws FormatException {
    return new Claim(in.u64(), Keys.readPublic(in), Keys.readSignature(in), Keys.readSignature(in));
  }

  public void write(ByteWriter out) {
    out.u64(number).bytes(delegate.bytes()).bytes(delegation.bytes()).bytes(signature.bytes());
  }
}
