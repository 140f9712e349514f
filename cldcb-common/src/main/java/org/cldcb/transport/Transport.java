package org.cldcb.transport;

import java.nio.ByteBuffer;
import org.cldcb.crypto.Aead;
import org.cldcb.crypto.AuthenticationException;

/**
 * The channel after a handshake. On the wire a message is a header (its length, 2 bytes, encrypted)
 * and a body (itself, encrypted), each with a tag of its own.
 *
 * <p>Not thread-safe within a direction, but the two share nothing: one thread may encrypt while
 * another decrypts. Messages must be sent in the order in which they were encrypted, so a lock has
 * to hold from encrypting until sent. {@link #close} comes after all use.
 */
public final class Transport implements AutoCloseable {

  /** The longest message, in bytes. */
  public static final int MAX_MESSAGE = 65535;

  /** The size of a tag. */
  public static final int TAG = Aead.TAG_BYTES;

  /** The size of a header. */
  public static final int HEADER = Short.BYTES + TAG;

  private static final int NO_BODY = -1;

  private final RotatingCipher sender;
  private final RotatingCipher receiver;
  private int bodyWanted = NO_BODY;

  /** Copies the keys, of 32 bytes each. */
  Transport(byte[] chainingKey, byte[] sendKey, byte[] receiveKey) {
    this.sender = new RotatingCipher(chainingKey, sendKey);
    this.receiver = new RotatingCipher(chainingKey, receiveKey);
  }

  /**
   * Encrypts a message.
   *
   * @param message 0 to {@link #MAX_MESSAGE} bytes
   * @return what to send: header ‖ body, {@link #HEADER} + {@link #TAG} bytes longer
   * @throws IllegalArgumentException if it is too long
   */
  public byte[] encrypt(byte[] message) {
    if (message.length > MAX_MESSAGE) {
      throw new IllegalArgumentException(
          "a message has at most " + MAX_MESSAGE + " bytes, not " + message.length);
    }
    byte[] length = ByteBuffer.allocate(Short.BYTES).putShort((short) message.length).array();
    return ByteBuffer.allocate(HEADER + message.length + TAG)
        .put(sender.seal(length))
        .put(sender.seal(message))
        .array();
  }

  /**
   * Decrypts a header. Next comes {@link #decrypt} of the body, which has {@link #TAG} bytes more
   * than what this returns.
   *
   * @param header {@link #HEADER} bytes
   * @return the length of the message, 0 to {@link #MAX_MESSAGE}
   * @throws TransportException if it doesn't authenticate
   */
  public int decryptLength(byte[] header) throws TransportException {
    if (bodyWanted != NO_BODY || header.length != HEADER) {
      throw new IllegalStateException("a header of " + HEADER + " bytes must follow a body");
    }
    int length = Short.toUnsignedInt(ByteBuffer.wrap(open(header)).getShort());
    bodyWanted = length + TAG;
    return length;
  }

  /**
   * Decrypts the body whose header was decrypted last.
   *
   * @return the message
   * @throws TransportException if it doesn't authenticate
   */
  public byte[] decrypt(byte[] body) throws TransportException {
    if (body.length != bodyWanted) {
      throw new IllegalStateException("the body must have the length that its header says");
    }
    bodyWanted = NO_BODY;
    return open(body);
  }

  /** Wipes the keys of both directions. */
  @Override
  public void close() {
    sender.close();
    receiver.close();
  }

  private byte[] open(byte[] ciphertext) throws TransportException {
    try {
      return receiver.open(ciphertext);
    } catch (AuthenticationException e) {
      throw new TransportException(e);
    }
  }
}
