package org.cldcb.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Core Lightning's {@code hsm_secret}: the one thing from which a node comes back. */
public final class HsmSecret {

  /** The size of what the node's key is derived from. */
  public static final int SECRET_BYTES = 32;

  /** More than any has (32 bytes and 24 words of at most 8 letters: 247), so that none is cut. */
  private static final int MAX_FILE_BYTES = 1024;

  private static final byte[] NODE_KEY_INFO = "nodeid".getBytes(US_ASCII);

  private HsmSecret() {}

  /**
   * The node key of the file at {@code path}.
   *
   * @throws IOException if it can't be read
   * @throws HsmSecretException if it isn't an hsm_secret, or one that needs a passphrase
   */
  public static NodeKey open(Path path) throws IOException, HsmSecretException {
    byte[] buffer = new byte[MAX_FILE_BYTES];
    byte[] file = new byte[0];
    try (InputStream in = Files.newInputStream(path)) {
      file = Arrays.copyOf(buffer, in.readNBytes(buffer, 0, buffer.length));
      return parse(file);
    } finally {
      Secrets.wipe(buffer, file);
    }
  }

  /**
   * The node key of an {@code hsm_secret} with this content.
   *
   * @param file the caller's to wipe
   * @throws HsmSecretException if it isn't an hsm_secret, or one that needs a passphrase
   */
  public static NodeKey parse(byte[] file) throws HsmSecretException {
    byte[] secret = secret(file);
    try {
      return new LocalNodeKey(deriveNodeKey(secret));
    } finally {
      Secrets.wipe(secret);
    }
  }

  /**
   * The node's private key, derived as {@code node_key} in Core Lightning's hsmd/libhsmd.c does.
   *
   * @param secret 32 bytes: the plain secret, or the first half of the BIP39 seed
   * @throws IllegalArgumentException if it hasn't 32 bytes
   */
  public static PrivateKey deriveNodeKey(byte[] secret) {
    if (secret.length != SECRET_BYTES) {
      throw new IllegalArgumentException("the secret has " + secret.length + " bytes, not 32");
    }
    byte[] key = new byte[0];
    // One derived value in 2^127 isn't a private key: in truth this ends with the first.
    for (int counter = 0; !Secp256k1.isPrivateKey(key); counter++) {
      key = Hkdf.derive(littleEndian(counter), secret, NODE_KEY_INFO, PrivateKey.BYTES);
    }
    PrivateKey nodeKey = PrivateKey.of(key);
    Secrets.wipe(key);
    return nodeKey;
  }

  private static byte[] secret(byte[] file) throws HsmSecretException {
    return switch (HsmSecretForm.of(file)) {
      case PLAIN -> file.clone();
      case MNEMONIC -> mnemonicSecret(file);
      case ENCRYPTED, MNEMONIC_WITH_PASSPHRASE -> throw passphraseNeeded();
    };
  }

  private static byte[] mnemonicSecret(byte[] file) {
    byte[] words = HsmSecretForm.words(file);
    byte[] seed = new byte[0];
    try {
      seed = Mnemonic.seed(words);
      return Arrays.copyOf(seed, SECRET_BYTES);
    } finally {
      Secrets.wipe(words, seed);
    }
  }

  private static HsmSecretException passphraseNeeded() {
    return new HsmSecretException(
        HsmSecretException.Reason.PASSPHRASE_NEEDED,
        "an hsm_secret with a passphrase isn't supported yet");
  }

  private static byte[] littleEndian(int value) {
    return ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
  }
}
