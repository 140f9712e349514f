package org.cldcb.crypto;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.NoSuchPaddingException;

/**
 * The JDK's algorithms; that each of them is there is certain, so none throws a checked exception.
 */
final class Jce {

  private Jce() {}

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw missing(e);
    }
  }

  static Mac hmacSha256() {
    try {
      return Mac.getInstance("HmacSHA256");
    } catch (NoSuchAlgorithmException e) {
      throw missing(e);
    }
  }

  static Cipher chaCha20Poly1305() {
    try {
      return Cipher.getInstance("ChaCha20-Poly1305");
    } catch (NoSuchAlgorithmException | NoSuchPaddingException e) {
      throw missing(e);
    }
  }

  private static IllegalStateException missing(Exception cause) {
    return new IllegalStateException("this Java runtime lacks an algorithm of the JDK", cause);
  }
}
