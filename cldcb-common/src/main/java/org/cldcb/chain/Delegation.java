package org.cldcb.chain;

import org.cldcb.crypto.MessageSignature;
import org.cldcb.crypto.NodeKey;
import org.cldcb.crypto.PublicKey;

/** The texts that a node signs for a delegate: docs/FORMAT.md §9. */
public final class Delegation {
  private Delegation() {}

  /** What the node signs to make {@code delegate} its delegate. */
  public static String delegationText(PublicKey delegate) {
    return "DO NOT SIGN THIS MESSAGE UNLESS YOU WANT TO LOSE ALL YOUR FUNDS " + delegate.hex();
  }

  /** What the node signs to make {@code delegate} the one writer on a server. */
  public static String claimText(long number, PublicKey delegate, PublicKey server) {
    return "cldcb claim " + number + " " + delegate.hex() + " " + server.hex();
  }

  public static MessageSignature delegate(NodeKey node, PublicKey delegate) {
    return node.sign(delegationText(delegate));
  }

  /** Whether {@code signature} is the node's over {@code text}. */
  public static boolean signedBy(PublicKey nodeId, String text, MessageSignature signature) {
    return signature.recover(text).filter(nodeId::equals).isPresent();
  }
}
