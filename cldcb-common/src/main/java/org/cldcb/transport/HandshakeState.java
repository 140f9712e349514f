package org.cldcb.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import org.cldcb.crypto.AuthenticationException;
import org.cldcb.crypto.Digests;
import org.cldcb.crypto.PublicKey;
import org.cldcb.crypto.Secrets;
import org.jspecify.annotations.Nullable;

/**
 * What both sides of a handshake keep in step: BOLT 8's h, ck and temp_k. Since h covers all that
 * was sent, in order, every tag authenticates everything before it.
 */
final class HandshakeState implements AutoCloseable {

  private static final byte[] PROTOCOL = "Noise_XK_secp256k1_ChaChaPoly_SHA256".getBytes(US_ASCII);

  private final ChainingKey chainingKey;
  private byte[] hash;
  private @Nullable NoiseCipher cipher;

  HandshakeState(String prologue, PublicKey responderStatic) {
    hash = Digests.sha256(PROTOCOL);
    chainingKey = new ChainingKey(hash);
    mixHash(prologue.getBytes(US_ASCII));
    mixHash(responderStatic.bytes());
  }

  void mixHash(byte[] data) {
    hash = Digests.sha256(hash, data);
  }

  /** Goes over to a key that depends on {@code secret} too, and wipes that. */
  void mixKey(byte[] secret) {
    closeCipher();
    byte[] key = chainingKey.mix(secret);
    cipher = new NoiseCipher(key);
    Secrets.wipe(secret, key);
  }

  /** Seals, once there is a key. */
  byte[] seal(byte[] plaintext) {
    byte[] ciphertext = requireNonNull(cipher).seal(hash, plaintext);
    mixHash(ciphertext);
    return ciphertext;
  }

  /** Opens, once there is a key. */
  byte[] open(byte[] ciphertext) throws AuthenticationException {
    byte[] plaintext = requireNonNull(cipher).open(hash, ciphertext);
    mixHash(ciphertext);
    return plaintext;
  }

  /** The channel that the handshake has led to. */
  Transport split(boolean initiator) {
    return chainingKey.split(initiator);
  }

  @Override
  public void close() {
    chainingKey.close();
    closeCipher();
  }

  private void closeCipher() {
    if (cipher != null) {
      cipher.close();
    }
  }
}
