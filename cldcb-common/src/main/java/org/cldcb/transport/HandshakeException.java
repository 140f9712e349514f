package org.cldcb.transport;

import java.util.Locale;

/** An act of the handshake was refused. Nothing may be sent back: close the connection. */
public final class HandshakeException extends Exception {

  private static final long serialVersionUID = 1;

  /** What was wrong with the act, in the words of BOLT 8's test vectors. */
  public enum Reason {
    /** It hasn't the size of the act: the connection ended within it. */
    READ_FAILED,
    /** It has another version than 0. */
    BAD_VERSION,
    /** A key in it isn't a point on the curve. */
    BAD_PUBKEY,
    /** The encrypted static key of act three doesn't authenticate. */
    BAD_CIPHERTEXT,
    /** Its tag doesn't authenticate; in act one: the initiator doesn't know the responder's key. */
    BAD_TAG
  }

  private final int act;
  private final Reason reason;

  HandshakeException(int act, Reason reason) {
    super("handshake act " + act + ": " + reason.name().toLowerCase(Locale.ROOT).replace('_', ' '));
    this.act = act;
    this.reason = reason;
  }

  /** The act that was refused: 1, 2 or 3. */
  public int act() {
    return act;
  }

  public Reason reason() {
    return reason;
  }
}
