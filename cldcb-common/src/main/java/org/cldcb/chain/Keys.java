package org.cldcb.chain;

import org.cldcb.codec.ByteReader;
import org.cldcb.codec.FormatException;
import org.cldcb.crypto.MessageSignature;
import org.cldcb.crypto.PublicKey;

/** Reads public keys and node signatures out of byte layouts. */
public final class Keys {
  private Keys() {}

  /** 33 bytes that are a point of secp256k1. */
  public static PublicKey readPublic(ByteReader in) throws FormatException {
    byte[] point = in.bytes(33);
    try {
      return PublicKey.of(point);
    } catch (IllegalArgumentException e) {
      throw new FormatException("not a public key: " + e.getMessage());
    }
  }

  /** 65 bytes that have the shape of a recoverable signature. */
  public static MessageSignature readSignature(ByteReader in) throws FormatException {
    byte[] signature = in.bytes(65);
    try {
      return MessageSignature.of(signature);
    } catch (IllegalArgumentException e) {
      throw new FormatException("not a signature: " + e.getMessage());
    }
  }
}
