package org.cldcb.crypto;

/** A file is no {@code hsm_secret}, or one that can't be used as it is. */
public final class HsmSecretException extends Exception {

  private static final long serialVersionUID = 1;

  /** What is in the way. */
  public enum Reason {
    /** The secret is encrypted, or its words need a passphrase. */
    PASSPHRASE_NEEDED,
    /** The file isn't in any form that Core Lightning writes. */
    MALFORMED
  }

  private final Reason reason;

  HsmSecretException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
