package org.cldcb.crypto;

import java.security.InvalidKeyException;
import java.security.MessageDigest;
import javax.crypto.Mac;

/** SHA-256 and what is built on it. Every digest has 32 bytes; parts are concatenated. */
public final class Digests {

  /** The size of every digest here. */
  public static final int BYTES = 32;

  private Digests() {}

  /** SHA-256 (FIPS 180-4). */
  public static byte[] sha256(byte[]... parts) {
    MessageDigest digest = Jce.sha256();
    for (byte[] part : parts) {
      digest.update(part);
    }
    return digest.digest();
  }

  /** SHA-256 of SHA-256, as Bitcoin does it against length extension. */
  public static byte[] sha256d(byte[]... parts) {
    return sha256(sha256(parts));
  }

  /** HMAC-SHA256 (RFC 2104) with a key of any length. */
  public static byte[] hmacSha256(byte[] key, byte[]... parts) {
    WipeableKey macKey = new WipeableKey(key);
    try {
      Mac mac = Jce.hmacSha256();
      mac.init(macKey);
      for (byte[] part : parts) {
        mac.update(part);
      }
      return mac.doFinal();
    } catch (InvalidKeyException e) {
      throw new IllegalStateException("HMAC takes any key", e);
    } finally {
      macKey.destroy();
    }
  }
}
