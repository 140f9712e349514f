package org.cldcb.crypto;

import java.math.BigInteger;
import java.util.Optional;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.util.BigIntegers;

/**
 * ECDSA over a digest of 32 bytes, deterministic (RFC 6979), with public key recovery (SEC 1,
 * 4.1.6).
 */
final class Ecdsa {

  /**
   * A signature that names its signer.
   *
   * @param recoveryId which of the up to four points with this r was meant: bit 0 is the parity of
   *     y, bit 1 says that x is r + order
   * @param r 1 to order - 1
   * @param s 1 to order / 2: the other half is the same signature again
   */
  record Signature(int recoveryId, BigInteger r, BigInteger s) {

    Signature {
      require(recoveryId >= 0 && recoveryId <= 3, "its recovery id isn't in 0 to 3");
      require(r.signum() > 0 && r.compareTo(Secp256k1.ORDER) < 0, "its r is out of range");
      require(s.signum() > 0 && s.compareTo(Secp256k1.HALF_ORDER) <= 0, "its s is out of range");
    }

    private static void require(boolean holds, String complaint) {
      if (!holds) {
        throw new IllegalArgumentException("not a signature: " + complaint);
      }
    }
  }

  private Ecdsa() {}

  static Signature sign(PrivateKey key, byte[] digest) {
    ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
    signer.init(true, new ECPrivateKeyParameters(key.scalar(), Secp256k1.DOMAIN));
    BigInteger[] rs = signer.generateSignature(digest);
    BigInteger lowS = rs[1].min(Secp256k1.ORDER.subtract(rs[1]));
    return withRecoveryId(rs[0], lowS, key.publicKey(), digest);
  }

  /** Who made this signature; empty if no key can have made it. */
  static Optional<PublicKey> recover(Signature signature, byte[] digest) {
    return noncePoint(signature)
        .map(point -> signer(signature, point, digest))
        .filter(point -> !point.isInfinity())
        .map(PublicKey::of);
  }

  /** The signer of Bouncy Castle keeps the nonce's point to itself: find out which it was. */
  private static Signature withRecoveryId(
      BigInteger r, BigInteger s, PublicKey signer, byte[] digest) {
    for (int id = 0; id <= 3; id++) {
      Signature candidate = new Signature(id, r, s);
      if (recover(candidate, digest).filter(signer::equals).isPresent()) {
        return candidate;
      }
    }
    throw new IllegalStateException("a signature was made that doesn't verify");
  }

  /** The point R that the signer multiplied its nonce out to, if x is that of a point. */
  private static Optional<ECPoint> noncePoint(Signature signature) {
    int id = signature.recoveryId();
    BigInteger x = id < 2 ? signature.r() : signature.r().add(Secp256k1.ORDER);
    if (x.compareTo(Secp256k1.fieldPrime()) >= 0) {
      return Optional.empty();
    }
    byte[] compressed = new byte[Secp256k1.POINT_BYTES];
    compressed[0] = (byte) (2 + (id & 1));
    BigIntegers.asUnsignedByteArray(x, compressed, 1, Secp256k1.SCALAR_BYTES);
    try {
      return Optional.of(Secp256k1.decode(compressed));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Q = (s R - z G) / r. */
  private static ECPoint signer(Signature signature, ECPoint noncePoint, byte[] digest) {
    BigInteger order = Secp256k1.ORDER;
    BigInteger inverse = signature.r().modInverse(order);
    BigInteger ofBase = new BigInteger(1, digest).negate().multiply(inverse).mod(order);
    BigInteger ofNonce = signature.s().multiply(inverse).mod(order);
    ECPoint base = Secp256k1.DOMAIN.getG();
    return ECAlgorithms.sumOfTwoMultiplies(base, ofBase, noncePoint, ofNonce).normalize();
  }
}
