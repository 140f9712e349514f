package org.cldcb.crypto;

/** HKDF with SHA-256 (RFC 5869): keys of any number from one shared secret. */
public final class Hkdf {

  private static final int MAX_BYTES = 255 * Digests.BYTES;

  private Hkdf() {}

  /**
   * Extracts and expands.
   *
   * @param salt any length; empty is the same as 32 zero bytes
   * @param ikm the input keying material: secret, need not be uniform
   * @param info what the output is for
   * @param length of the output, in bytes, 0 to 8160
   * @throws IllegalArgumentException for any other length
   */
  public static byte[] derive(byte[] salt, byte[] ikm, byte[] info, int length) {
    if (length < 0 || length > MAX_BYTES) {
      throw new IllegalArgumentException("HKDF gives 0 to " + MAX_BYTES + " bytes, not " + length);
    }
    byte[] prk = Digests.hmacSha256(salt, ikm);
    byte[] okm = expand(prk, info, length);
    Secrets.wipe(prk);
    return okm;
  }

  private static byte[] expand(byte[] prk, byte[] info, int length) {
    byte[] okm = new byte[length];
    byte[] block = new byte[0];
    for (int done = 0, counter = 1; done < length; done += Digests.BYTES, counter++) {
      byte[] next = Digests.hmacSha256(prk, block, info, new byte[] {(byte) counter});
      System.arraycopy(next, 0, okm, done, Math.min(Digests.BYTES, length - done));
      Secrets.wipe(block);
      block = next;
    }
    Secrets.wipe(block);
    return okm;
  }
}
