package org.cldcb.client.hsmd;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import org.cldcb.codec.ByteReader;
import org.cldcb.codec.ByteWriter;
import org.cldcb.codec.FormatException;
import org.cldcb.crypto.MessageSignature;
import org.cldcb.crypto.PublicKey;
import org.cldcb.crypto.Secrets;
import org.jspecify.annotations.Nullable;

/**
 * The messages between lightningd and its hsmd that a recovery needs, as in Core Lightning's
 * hsmd/hsmd_wire.csv: a type (u16), then its fields, big-endian.
 */
final class HsmdWire {
  /** The versions of those messages that are as they are here. */
  static final int MIN_VERSION = 5;

  static final int MAX_VERSION = 6;

  static final int INIT_REPLY = 114;
  static final int INIT_FAILURE = 115;
  static final int ECDH_REPLY = 100;
  static final int SIGN_MESSAGE_REPLY = 123;

  private static final int INIT = 11;
  private static final int ECDH = 1;
  private static final int SIGN_MESSAGE = 23;
  private static final int PASSPHRASE_TLV = 1;
  private static final int STATUS_FAIL = 0xFFF2;

  /** An encryption key and four keys for developers, each as absent. */
  private static final byte[] NO_KEYS = new byte[5];

  /** What a text of another process may have of a line. */
  private static final int MAX_TEXT = 300;

  private HsmdWire() {}

  /**
   * What an hsmd says of itself.
   *
   * @param version of the messages that it speaks
   */
  record Introduction(long version, PublicKey nodeId) {}

  /**
   * Asks the hsmd to begin.
   *
   * @param passphrase of its hsm_secret, in UTF-8; null if there is none
   * @return the caller's to wipe
   */
  static byte[] init(ChainParameters chain, byte @Nullable [] passphrase) {
    ByteWriter head = new ByteWriter().u16(INIT);
    chain.write(head);
    head.bytes(NO_KEYS).u32(MIN_VERSION).u32(MAX_VERSION);
    if (passphrase == null) {
      return head.toBytes();
    }
    // Sized beforehand: a buffer that grows leaves copies behind.
    int length = passphrase.length + 1;
    ByteBuffer message = ByteBuffer.allocate(head.length() + 4 + length);
    message.put(head.toBytes()).put((byte) PASSPHRASE_TLV);
    putBigSize(message, length);
    message.put(passphrase).put((byte) 0).flip();
    byte[] exact = new byte[message.remaining()];
    message.get(exact);
    Secrets.wipe(message.array());
    return exact;
  }

  static byte[] ecdh(PublicKey point) {
    return new ByteWriter().u16(ECDH).bytes(point.bytes()).toBytes();
  }

  static byte[] signMessage(String text) {
    byte[] utf8 = text.getBytes(UTF_8);
    return new ByteWriter().u16(SIGN_MESSAGE).u16(utf8.length).bytes(utf8).toBytes();
  }

  static Introduction introduction(ByteReader reply) throws FormatException {
    long version = reply.u32();
    reply.bytes(4 * reply.u16());
    return new Introduction(version, point(reply.bytes(PublicKey.BYTES)));
  }

  static String initFailure(ByteReader reply) throws FormatException {
    reply.u32();
    return text(reply.rest());
  }

  /** 32 bytes, the caller's to wipe. */
  static byte[] sharedSecret(ByteReader reply) throws FormatException {
    byte[] secret = reply.bytes(32);
    reply.end();
    return secret;
  }

  static MessageSignature signature(ByteReader reply) throws FormatException {
    byte[] rs = reply.bytes(64);
    int recoveryId = reply.u8();
    reply.end();
    try {
      return MessageSignature.ofRecoverable(rs, recoveryId);
    } catch (IllegalArgumentException e) {
      throw new FormatException("not a signature");
    }
  }

  /** Why the hsmd gives up, if that is what this message on its status socket says. */
  static @Nullable String failure(byte[] status) {
    ByteReader reader = new ByteReader(status);
    try {
      if (reader.u16() != STATUS_FAIL) {
        return null;
      }
      reader.u8();
      return text(reader.rest());
    } catch (FormatException e) {
      return null;
    }
  }

  /** A text of another process as one line of bounded length; it ends at the first zero. */
  static String text(byte[] bytes) {
    int length = 0;
    while (length < bytes.length && bytes[length] != 0) {
      length++;
    }
    String all = new String(bytes, 0, length, UTF_8).replaceAll("\\p{Cntrl}+", " ").strip();
    return all.length() <= MAX_TEXT ? all : all.substring(0, MAX_TEXT) + "…";
  }

  /** The last line that isn't blank. */
  static String lastLine(byte[] bytes) {
    return new String(bytes, UTF_8)
        .lines()
        .filter(line -> !line.isBlank())
        .reduce((earlier, later) -> later)
        .map(line -> text(line.getBytes(UTF_8)))
        .orElse("");
  }

  private static PublicKey point(byte[] bytes) throws FormatException {
    try {
      return PublicKey.of(bytes);
    } catch (IllegalArgumentException e) {
      throw new FormatException("its node id isn't a public key");
    }
  }

  /** BOLT 1's integer of variable length. */
  private static void putBigSize(ByteBuffer out, int value) {
    if (value < 0xFD) {
      out.put((byte) value);
    } else {
      out.put((byte) 0xFD).putShort((short) value);
    }
  }
}
