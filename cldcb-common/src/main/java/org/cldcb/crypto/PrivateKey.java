package org.cldcb.crypto;

import java.math.BigInteger;
import java.security.SecureRandom;
import org.bouncycastle.math.ec.ECPoint;

/**
 * A secp256k1 private key: 32 bytes, big-endian, from 1 to the order of the curve - 1. Thread-safe,
 * except that {@link #close} must come last.
 *
 * <p>Closing wipes the key's own bytes. The arithmetic needs them as a BigInteger for a moment,
 * which nobody can wipe: what is left of those goes with the garbage collector.
 */
public final class PrivateKey implements AutoCloseable {

  /** The size of a key. */
  public static final int BYTES = Secp256k1.SCALAR_BYTES;

  private final byte[] key;
  private final PublicKey publicKey;
  private volatile boolean closed;

  private PrivateKey(byte[] key) {
    this.key = key;
    this.publicKey = PublicKey.of(Secp256k1.basePointTimes(new BigInteger(1, key)));
  }

  /** A new key. */
  public static PrivateKey generate(SecureRandom random) {
    byte[] key = new byte[BYTES];
    do {
      random.nextBytes(key);
    } while (!Secp256k1.isPrivateKey(key));
    return new PrivateKey(key);
  }

  /**
   * Copies the key.
   *
   * @param key 32 bytes, big-endian
   * @throws IllegalArgumentException if this isn't a private key
   */
  public static PrivateKey of(byte[] key) {
    if (!Secp256k1.isPrivateKey(key)) {
      throw new IllegalArgumentException("not a secp256k1 private key");
    }
    return new PrivateKey(key.clone());
  }

  public PublicKey publicKey() {
    return publicKey;
  }

  /**
   * The secret that this key shares with the holder of {@code peer}'s private key: SHA-256 of the
   * compressed shared point (libsecp256k1's default, BOLT 8's, {@code lightning_hsmd}'s).
   *
   * @return 32 bytes, the caller's to wipe
   */
  public byte[] ecdh(PublicKey peer) {
    ECPoint shared = peer.point().multiply(scalar()).normalize();
    byte[] compressed = shared.getEncoded(true);
    byte[] secret = Digests.sha256(compressed);
    Secrets.wipe(compressed);
    return secret;
  }

  /** The key, 32 bytes, as a copy that is the caller's to wipe. */
  public byte[] bytes() {
    requireOpen();
    return key.clone();
  }

  BigInteger scalar() {
    requireOpen();
    return new BigInteger(1, key);
  }

  /** Wipes the key; whatever needs it fails from then on with an IllegalStateException. */
  @Override
  public void close() {
    closed = true;
    Secrets.wipe(key);
  }

  /** Names the public key only. */
  @Override
  public String toString() {
    return "private key of " + publicKey;
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("this private key has been wiped");
    }
  }
}
