package org.cldcb.crypto;

import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.math.ec.ECPoint;

/**
 * A point on secp256k1, in its compressed form of 33 bytes: a node id, a delegate's or a server's
 * key, or an ephemeral one. Immutable and thread-safe; that it is on the curve is checked at birth.
 */
public final class PublicKey implements Comparable<PublicKey> {

  /** The size of the compressed form. */
  public static final int BYTES = Secp256k1.POINT_BYTES;

  private final byte[] compressed;
  private final ECPoint point;

  private PublicKey(byte[] compressed, ECPoint point) {
    this.compressed = compressed;
    this.point = point;
  }

  /**
   * Reads the compressed form.
   *
   * @param compressed 33 bytes: 02 or 03, then x, big-endian
   * @throws IllegalArgumentException if this isn't a point on the curve
   */
  public static PublicKey of(byte[] compressed) {
    if (compressed.length != BYTES) {
      throw new IllegalArgumentException(
          "a public key has " + BYTES + " bytes, not " + compressed.length);
    }
    try {
      return new PublicKey(compressed.clone(), Secp256k1.decode(compressed));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("not a public key: no such point on secp256k1", e);
    }
  }

  /**
   * Reads 66 hexadecimal digits.
   *
   * @throws IllegalArgumentException if this isn't a point on the curve
   */
  public static PublicKey fromHex(String hex) {
    if (hex.length() != 2 * BYTES) {
      throw new IllegalArgumentException(
          "a public key has " + 2 * BYTES + " hexadecimal digits, not " + hex.length());
    }
    return of(HexFormat.of().parseHex(hex));
  }

  /** A point that a computation gave: finite and normalized. */
  static PublicKey of(ECPoint point) {
    return new PublicKey(point.getEncoded(true), point);
  }

  /** The compressed form, 33 bytes, as a copy. */
  public byte[] bytes() {
    return compressed.clone();
  }

  /** The compressed form in 66 lower-case hexadecimal digits. */
  public String hex() {
    return HexFormat.of().formatHex(compressed);
  }

  ECPoint point() {
    return point;
  }

  /** By the bytes of the compressed form, unsigned. */
  @Override
  public int compareTo(PublicKey other) {
    return Arrays.compareUnsigned(compressed, other.compressed);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PublicKey key && Arrays.equals(compressed, key.compressed);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(compressed);
  }

  @Override
  public String toString() {
    return hex();
  }
}
