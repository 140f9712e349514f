package org.cldcb.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * Core Lightning's {@code hsm_secret}, opened: the one thing from which a node comes back. Not
 * thread-safe; closing wipes it.
 */
public final class HsmSecret implements AutoCloseable {

  /** The size of what the node's key is derived from. */
  public static final int SECRET_BYTES = 32;

  /** More than any has (32 bytes and 30 words of at most 8 letters: 301), so that none is cut. */
  private static final int MAX_FILE_BYTES = 1024;

  private static final byte[] NODE_KEY_INFO = "nodeid".getBytes(US_ASCII);

  private final HsmSecretForm form;
  private final byte[] file;
  private final byte[] secret;

  private HsmSecret(HsmSecretForm form, byte[] file, byte[] secret) {
    this.form = form;
    this.file = file;
    this.secret = secret;
  }

  /**
   * Opens the file at {@code path}.
   *
   * @throws IOException if it can't be read
   * @throws HsmSecretException if it isn't an hsm_secret, or its passphrase isn't given
   */
  public static HsmSecret read(Path path, Passphrase passphrase)
      throws IOException, HsmSecretException {
    byte[] file = readFile(path);
    try {
      return of(file, passphrase);
    } finally {
      Secrets.wipe(file);
    }
  }

  /**
   * Opens an {@code hsm_secret} with this content.
   *
   * @param file the caller's to wipe
   * @throws HsmSecretException if it isn't an hsm_secret, or its passphrase isn't given
   */
  public static HsmSecret of(byte[] file, Passphrase passphrase) throws HsmSecretException {
    HsmSecretForm form = HsmSecretForm.of(file);
    byte[] given = form.needsPassphrase() ? passphrase.ask() : new byte[0];
    try {
      return new HsmSecret(form, file.clone(), secret(form, file, given));
    } finally {
      Secrets.wipe(given);
    }
  }

  /**
   * The secret of a node from before v25.12.
   *
   * @param secret 32 bytes, the caller's to wipe
   * @throws IllegalArgumentException if it hasn't 32 bytes
   */
  public static HsmSecret ofPlain(byte[] secret) {
    requireSize(secret);
    return new HsmSecret(HsmSecretForm.PLAIN, secret.clone(), secret.clone());
  }

  /**
   * The secret of a node that has words.
   *
   * @param words lower case, one space between two; the caller's to wipe
   * @param passphrase empty if there is none; the caller's to wipe
   * @throws HsmSecretException if a word isn't BIP39's, or their checksum doesn't fit
   */
  public static HsmSecret ofWords(byte[] words, byte[] passphrase) throws HsmSecretException {
    Mnemonic.requireValid(words);
    byte[] seed = Mnemonic.seed(words, passphrase);
    byte[] file = new byte[HsmSecretForm.SEED_HASH_BYTES + words.length];
    System.arraycopy(words, 0, file, HsmSecretForm.SEED_HASH_BYTES, words.length);
    HsmSecretForm form = HsmSecretForm.MNEMONIC;
    if (passphrase.length > 0) {
      form = HsmSecretForm.MNEMONIC_WITH_PASSPHRASE;
      System.arraycopy(Digests.sha256(seed), 0, file, 0, HsmSecretForm.SEED_HASH_BYTES);
    }
    try {
      return new HsmSecret(form, file, Arrays.copyOf(seed, SECRET_BYTES));
    } finally {
      Secrets.wipe(seed);
    }
  }

  /**
   * The form of the file at {@code path}, for which no passphrase is needed.
   *
   * @throws IOException if it can't be read
   * @throws HsmSecretException if it isn't an hsm_secret
   */
  public static HsmSecretForm formOf(Path path) throws IOException, HsmSecretException {
    byte[] file = readFile(path);
    try {
      return HsmSecretForm.of(file);
    } finally {
      Secrets.wipe(file);
    }
  }

  /** The node key of the file at {@code path}, as {@link #read} opens it. */
  public static NodeKey open(Path path, Passphrase passphrase)
      throws IOException, HsmSecretException {
    try (HsmSecret secret = read(path, passphrase)) {
      return secret.nodeKey();
    }
  }

  /** The node key of the file at {@code path}, which has no passphrase. */
  public static NodeKey open(Path path) throws IOException, HsmSecretException {
    return open(path, Passphrase.NONE);
  }

  /** The node key of an {@code hsm_secret} with this content, which has no passphrase. */
  public static NodeKey parse(byte[] file) throws HsmSecretException {
    try (HsmSecret secret = of(file, Passphrase.NONE)) {
      return secret.nodeKey();
    }
  }

  /**
   * The node's private key, derived as {@code node_key} in Core Lightning's hsmd/libhsmd.c does.
   *
   * @param secret 32 bytes: the plain secret, or the first half of the BIP39 seed
   * @throws IllegalArgumentException if it hasn't 32 bytes
   */
  public static PrivateKey deriveNodeKey(byte[] secret) {
    requireSize(secret);
    byte[] key = new byte[0];
    // One derived value in 2^127 isn't a private key: in truth this ends with the first.
    for (int counter = 0; !Secp256k1.isPrivateKey(key); counter++) {
      key = Hkdf.derive(littleEndian(counter), secret, NODE_KEY_INFO, PrivateKey.BYTES);
    }
    PrivateKey nodeKey = PrivateKey.of(key);
    Secrets.wipe(key);
    return nodeKey;
  }

  public HsmSecretForm form() {
    return form;
  }

  /** A new node key, the caller's to close. */
  public NodeKey nodeKey() {
    return new LocalNodeKey(deriveNodeKey(secret));
  }

  /** What the file holds, as a copy that is the caller's to wipe. */
  public byte[] file() {
    return file.clone();
  }

  /** The words, if it has some, as a copy that is the caller's to wipe. */
  public Optional<byte[]> words() {
    return form.hasWords() ? Optional.of(HsmSecretForm.words(file)) : Optional.empty();
  }

  /**
   * What the node's key is derived from, without any passphrase: 32 bytes, as a copy that is the
   * caller's to wipe.
   */
  public byte[] secret() {
    return secret.clone();
  }

  @Override
  public void close() {
    Secrets.wipe(file, secret);
  }

  private static byte[] readFile(Path path) throws IOException {
    byte[] buffer = new byte[MAX_FILE_BYTES];
    try (InputStream in = Files.newInputStream(path)) {
      return Arrays.copyOf(buffer, in.readNBytes(buffer, 0, buffer.length));
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException e) {
      // An error while reading doesn't name the file, as that of a folder.
      throw new IOException(path + ": " + e.getMessage(), e);
    } finally {
      Secrets.wipe(buffer);
    }
  }

  private static byte[] secret(HsmSecretForm form, byte[] file, byte[] passphrase)
      throws HsmSecretException {
    return switch (form) {
      case PLAIN -> file.clone();
      case ENCRYPTED -> EncryptedSecret.decrypt(file, passphrase);
      case MNEMONIC, MNEMONIC_WITH_PASSPHRASE -> mnemonicSecret(form, file, passphrase);
    };
  }

  private static byte[] mnemonicSecret(HsmSecretForm form, byte[] file, byte[] passphrase)
      throws HsmSecretException {
    byte[] words = HsmSecretForm.words(file);
    byte[] seed = Mnemonic.seed(words, passphrase);
    try {
      byte[] hash = Arrays.copyOf(file, HsmSecretForm.SEED_HASH_BYTES);
      if (form.needsPassphrase() && !Arrays.equals(hash, Digests.sha256(seed))) {
        throw EncryptedSecret.wrongPassphrase();
      }
      return Arrays.copyOf(seed, SECRET_BYTES);
    } finally {
      Secrets.wipe(words, seed);
    }
  }

  private static void requireSize(byte[] secret) {
    if (secret.length != SECRET_BYTES) {
      throw new IllegalArgumentException("the secret has " + secret.length + " bytes, not 32");
    }
  }

  private static byte[] littleEndian(int value) {
    return ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
  }
}
