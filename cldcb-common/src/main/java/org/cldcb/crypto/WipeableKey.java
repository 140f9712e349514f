package org.cldcb.crypto;

import javax.crypto.SecretKey;

/**
 * A symmetric key for the JCE. In its place {@link javax.crypto.spec.SecretKeySpec} would do, but
 * that one can't be destroyed (it throws) and refuses the empty key, which HMAC allows.
 *
 * <p>The JCE still makes copies of its own for as long as it uses the key.
 */
final class WipeableKey implements SecretKey {

  private final byte[] key;
  private volatile boolean destroyed;

  /** Copies {@code key}. */
  WipeableKey(byte[] key) {
    this.key = key.clone();
  }

  @Override
  public String getAlgorithm() {
    return "RAW";
  }

  @Override
  public String getFormat() {
    return "RAW";
  }

  @Override
  public byte[] getEncoded() {
    if (destroyed) {
      throw new IllegalStateException("this key has been wiped");
    }
    return key.clone();
  }

  @Override
  public void destroy() {
    destroyed = true;
    Secrets.wipe(key);
  }

  @Override
  public boolean isDestroyed() {
    return destroyed;
  }
}
