package org.cldcb.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.util.BigIntegers;

/**
 * A node's signature of a text, as Core Lightning's {@code signmessage} makes it: 31 + recovery id
 * (1 byte) ‖ r (32) ‖ s (32), over SHA-256d of {@code "Lightning Signed Message:"} ‖ the text in
 * UTF-8.
 *
 * <p>Immutable, thread-safe, and in range: a signature whose s is in the upper half (which
 * libsecp256k1 never makes, though Core Lightning would take it) is refused, so that each has one
 * form only.
 */
public final class MessageSignature {

  /** The size of a signature. */
  public static final int BYTES = 65;

  private static final byte[] MAGIC = "Lightning Signed Message:".getBytes(US_ASCII);
  private static final int FIRST_RECOVERY_BYTE = 31;
  private static final int S_OFFSET = 1 + Secp256k1.SCALAR_BYTES;

  private final Ecdsa.Signature signature;

  private MessageSignature(Ecdsa.Signature signature) {
    this.signature = signature;
  }

  /** Signs {@code message}: the same message gives the same signature (RFC 6979). */
  public static MessageSignature sign(PrivateKey key, String message) {
    return new MessageSignature(Ecdsa.sign(key, digest(message)));
  }

  /**
   * Reads the form that {@code signmessage} returns as {@code zbase}.
   *
   * @param zbase32 104 characters
   * @throws IllegalArgumentException if this isn't a signature
   */
  public static MessageSignature parse(String zbase32) {
    return of(Zbase32.decode(zbase32));
  }

  /**
   * Reads the binary form.
   *
   * @param bytes 65 bytes: 31 + recovery id ‖ r ‖ s
   * @throws IllegalArgumentException if this isn't a signature
   */
  public static MessageSignature of(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException(
          "a signature has " + BYTES + " bytes, not " + bytes.length);
    }
    return ofRecoverable(
        Arrays.copyOfRange(bytes, 1, BYTES), (bytes[0] & 0xff) - FIRST_RECOVERY_BYTE);
  }

  /**
   * Takes libsecp256k1's form, in which {@code lightning_hsmd} answers.
   *
   * @param rs 64 bytes: r ‖ s
   * @param recoveryId 0 to 3
   * @throws IllegalArgumentException if this isn't a signature
   */
  public static MessageSignature ofRecoverable(byte[] rs, int recoveryId) {
    if (rs.length != BYTES - 1) {
      throw new IllegalArgumentException("r and s have 64 bytes, not " + rs.length);
    }
    BigInteger r = BigIntegers.fromUnsignedByteArray(rs, 0, Secp256k1.SCALAR_BYTES);
    BigInteger s =
        BigIntegers.fromUnsignedByteArray(rs, Secp256k1.SCALAR_BYTES, Secp256k1.SCALAR_BYTES);
    return new MessageSignature(new Ecdsa.Signature(recoveryId, r, s));
  }

  /**
   * The key that signed {@code message}. For any other message it is some other key, that nobody
   * knows the private key of: compare it to the one expected.
   *
   * @return empty if no key can have made this signature
   */
  public Optional<PublicKey> recover(String message) {
    return Ecdsa.recover(signature, digest(message));
  }

  /** The binary form, 65 bytes. */
  public byte[] bytes() {
    byte[] bytes = new byte[BYTES];
    bytes[0] = (byte) (FIRST_RECOVERY_BYTE + signature.recoveryId());
    BigIntegers.asUnsignedByteArray(signature.r(), bytes, 1, Secp256k1.SCALAR_BYTES);
    BigIntegers.asUnsignedByteArray(signature.s(), bytes, S_OFFSET, Secp256k1.SCALAR_BYTES);
    return bytes;
  }

  /** The form that {@code checkmessage} takes, 104 characters. */
  public String zbase32() {
    return Zbase32.encode(bytes());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MessageSignature that && signature.equals(that.signature);
  }

  @Override
  public int hashCode() {
    return signature.hashCode();
  }

  @Override
  public String toString() {
    return zbase32();
  }

  private static byte[] digest(String message) {
    return Digests.sha256d(MAGIC, message.getBytes(UTF_8));
  }
}
