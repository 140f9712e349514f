package org.cldcb.crypto;

import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.util.BigIntegers;

/**
 * Bitcoin's curve (SEC 2). Its order is prime and its cofactor 1: every point but infinity will do.
 */
final class Secp256k1 {

  static final int SCALAR_BYTES = 32;
  static final int POINT_BYTES = 33;

  // CustomNamedCurves' field arithmetic is 4.5 times faster than that of SECNamedCurves.
  private static final X9ECParameters CURVE = CustomNamedCurves.getByName("secp256k1");

  static final ECDomainParameters DOMAIN = new ECDomainParameters(CURVE);
  static final BigInteger ORDER = CURVE.getN();
  static final BigInteger HALF_ORDER = ORDER.shiftRight(1);

  private static final byte[] ORDER_BYTES = BigIntegers.asUnsignedByteArray(SCALAR_BYTES, ORDER);

  private Secp256k1() {}

  /** Whether {@code bytes} are a private key: 32 bytes, big-endian, from 1 to the order - 1. */
  static boolean isPrivateKey(byte[] bytes) {
    return bytes.length == SCALAR_BYTES
        && Arrays.compareUnsigned(bytes, ORDER_BYTES) < 0
        && !Arrays.equals(bytes, new byte[SCALAR_BYTES]);
  }

  static BigInteger fieldPrime() {
    return CURVE.getCurve().getField().getCharacteristic();
  }

  /** The point of {@code scalar}, normalized. */
  static ECPoint basePointTimes(BigInteger scalar) {
    return new FixedPointCombMultiplier().multiply(CURVE.getG(), scalar).normalize();
  }

  /**
   * The point that {@code compressed} encodes.
   *
   * @throws IllegalArgumentException if there is none
   */
  static ECPoint decode(byte[] compressed) {
    return CURVE.getCurve().decodePoint(compressed);
  }
}
