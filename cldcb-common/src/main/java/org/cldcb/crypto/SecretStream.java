package org.cldcb.crypto;

import java.util.Arrays;
import org.bouncycastle.crypto.engines.ChaCha7539Engine;
import org.bouncycastle.crypto.engines.ChaChaEngine;
import org.bouncycastle.crypto.macs.Poly1305;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;
import org.bouncycastle.util.Pack;

/**
 * The first message of a stream of libsodium's {@code crypto_secretstream_xchacha20poly1305}: a
 * header of 24 bytes, then the tag and the message encrypted, then 16 bytes of Poly1305.
 */
final class SecretStream {

  static final int HEADER_BYTES = 24;

  /** How much longer than the message the ciphertext is: the tag, and the MAC. */
  static final int EXTRA_BYTES = 17;

  private static final int KEY_BYTES = 32;
  private static final int HCHACHA_NONCE_BYTES = 16;
  private static final int NONCE_BYTES = 12;
  private static final int BLOCK_BYTES = 64;
  private static final int MAC_BYTES = 16;
  private static final int[] SIGMA = {0x61707865, 0x3320646e, 0x79622d32, 0x6b206574};

  private SecretStream() {}

  /**
   * Opens a header ‖ ciphertext.
   *
   * @param key 32 bytes
   * @param sealed at least 41 bytes, made without additional data
   * @return the message, the caller's to wipe
   * @throws AuthenticationException if it was made with another key, or changed since
   */
  static byte[] open(byte[] key, byte[] sealed) throws AuthenticationException {
    byte[] subkey = hchacha20(key, sealed);
    byte[] macKey = new byte[BLOCK_BYTES];
    byte[] tagBlock = new byte[BLOCK_BYTES];
    try {
      ChaCha7539Engine chacha = new ChaCha7539Engine();
      chacha.init(false, new ParametersWithIV(new KeyParameter(subkey), nonce(sealed)));
      chacha.processBytes(macKey, 0, BLOCK_BYTES, macKey, 0);
      tagBlock[0] = sealed[HEADER_BYTES];
      chacha.processBytes(tagBlock, 0, BLOCK_BYTES, tagBlock, 0);
      // What is authenticated is the block with the encrypted tag in it.
      tagBlock[0] = sealed[HEADER_BYTES];
      requireMac(macKey, tagBlock, sealed);
      byte[] message = new byte[sealed.length - HEADER_BYTES - EXTRA_BYTES];
      chacha.processBytes(sealed, HEADER_BYTES + 1, message.length, message, 0);
      return message;
    } finally {
      Secrets.wipe(subkey, macKey, tagBlock);
    }
  }

  /** XChaCha20's subkey: ChaCha20's rounds without the addition at their end. */
  private static byte[] hchacha20(byte[] key, byte[] nonce) {
    int[] state = new int[16];
    System.arraycopy(SIGMA, 0, state, 0, SIGMA.length);
    Pack.littleEndianToInt(key, 0, state, 4, KEY_BYTES / 4);
    Pack.littleEndianToInt(nonce, 0, state, 12, HCHACHA_NONCE_BYTES / 4);
    int[] mixed = new int[16];
    ChaChaEngine.chachaCore(20, state, mixed);
    byte[] subkey = new byte[KEY_BYTES];
    for (int i = 0; i < 4; i++) {
      Pack.intToLittleEndian(mixed[i] - state[i], subkey, 4 * i);
      Pack.intToLittleEndian(mixed[12 + i] - state[12 + i], subkey, 16 + 4 * i);
    }
    Arrays.fill(state, 0);
    Arrays.fill(mixed, 0);
    return subkey;
  }

  /** The message's number, from 1, in 4 bytes; then the rest of the header. */
  private static byte[] nonce(byte[] sealed) {
    byte[] nonce = new byte[NONCE_BYTES];
    nonce[0] = 1;
    System.arraycopy(sealed, HCHACHA_NONCE_BYTES, nonce, 4, HEADER_BYTES - HCHACHA_NONCE_BYTES);
    return nonce;
  }

  private static void requireMac(byte[] macKey, byte[] tagBlock, byte[] sealed)
      throws AuthenticationException {
    int messageBytes = sealed.length - HEADER_BYTES - EXTRA_BYTES;
    Poly1305 poly1305 = new Poly1305();
    poly1305.init(new KeyParameter(macKey, 0, KEY_BYTES));
    poly1305.update(tagBlock, 0, BLOCK_BYTES);
    poly1305.update(sealed, HEADER_BYTES + 1, messageBytes);
    // libsodium pads by the length modulo 16, not up to a multiple of 16.
    poly1305.update(new byte[MAC_BYTES], 0, messageBytes % MAC_BYTES);
    byte[] lengths = new byte[16];
    Pack.longToLittleEndian(BLOCK_BYTES + (long) messageBytes, lengths, 8);
    poly1305.update(lengths, 0, lengths.length);
    byte[] mac = new byte[MAC_BYTES];
    poly1305.doFinal(mac, 0);
    byte[] theirs = Arrays.copyOfRange(sealed, sealed.length - MAC_BYTES, sealed.length);
    if (!org.bouncycastle.util.Arrays.constantTimeAreEqual(mac, theirs)) {
      throw new AuthenticationException();
    }
  }
}
