package org.cldcb.crypto;

/** Where the passphrase of an hsm_secret comes from. Asked only for a secret that needs one. */
@FunctionalInterface
public interface Passphrase {

  /** For those who have none to give. */
  Passphrase NONE =
      () -> {
        throw new HsmSecretException(
            HsmSecretException.Reason.PASSPHRASE_NEEDED, "it needs its passphrase");
      };

  /**
   * The passphrase, as Core Lightning reads it: bytes as they were typed, without a newline. Any
   * length is one, 0 too.
   *
   * @return the caller's to wipe
   * @throws HsmSecretException if there is none
   */
  byte[] ask() throws HsmSecretException;
}
