package org.cldcb.format;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.cldcb.codec.Hash;

/** The root of a file: a digest of its blocks' tags in order (docs/FORMAT.md §6). */
public final class RootDigest {
  private final MessageDigest sha256;

  public RootDigest() {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
    sha256.update("cldcb root".getBytes(StandardCharsets.US_ASCII));
  }

  /** Takes the next tags. */
  public RootDigest update(byte[] tags) {
    sha256.update(tags);
    return this;
  }

  /** The root; this object is used up. */
  public Hash finish() {
    return Hash.of(sha256.digest());
  }
}
