package org.cldcb.crypto;

/**
 * The node's key, wherever it lives: in a file, or in a hardware module that only answers
 * questions. These are the questions that {@code lightning_hsmd} answers too.
 *
 * <p>Where the key lives in another process, a failure to reach it is an {@link
 * java.io.UncheckedIOException}.
 */
public interface NodeKey extends AutoCloseable {

  /** The node's public key. */
  PublicKey nodeId();

  /**
   * The secret that the node shares with the holder of {@code peer}'s private key, as {@link
   * PrivateKey#ecdh} makes it.
   *
   * @return 32 bytes, the caller's to wipe
   */
  byte[] ecdh(PublicKey peer);

  /** The node's signature of {@code message}, as {@code signmessage} makes it. */
  MessageSignature sign(String message);

  /** Lets go of the key, wiping it if it is in this process. */
  @Override
  void close();
}
