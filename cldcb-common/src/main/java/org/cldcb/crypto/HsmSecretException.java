package org.cldcb.crypto;

/** This is no {@code hsm_secret}, or one that can't be used as it is. */
public final class HsmSecretException extends Exception {

  private static final long serialVersionUID = 1;

  /** What is in the way. */
  public enum Reason {
    /** The secret is encrypted, or its words need a passphrase. */
    PASSPHRASE_NEEDED,
    /** It isn't the passphrase of this secret. */
    WRONG_PASSPHRASE,
    /** A word isn't one of BIP39's. */
    UNKNOWN_WORD,
    /** All looks well, but a checksum doesn't fit. */
    WRONG_CHECKSUM,
    /** It isn't in any form that Core Lightning knows. */
    MALFORMED
  }

  private final Reason reason;

  /**
   * Says why.
   *
   * @param message for the operator: never with a part of the secret in it
   */
  public HsmSecretException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
