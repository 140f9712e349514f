package org.cldcb.transport;

import java.util.Arrays;
import org.cldcb.crypto.Hkdf;
import org.cldcb.crypto.Secrets;

/** BOLT 8's ck: it takes in secrets and gives out keys that depend on all of them. */
final class ChainingKey implements AutoCloseable {

  private static final int KEY_BYTES = 32;
  private static final byte[] NOTHING = {};

  private final byte[] ck;

  /** Copies {@code ck}, 32 bytes. */
  ChainingKey(byte[] ck) {
    this.ck = ck.clone();
  }

  /**
   * Takes {@code secret} in: {@code ck, key = HKDF(ck, secret)}. The key is the caller's to wipe.
   */
  byte[] mix(byte[] secret) {
    byte[] both = Hkdf.derive(ck, secret, NOTHING, 2 * KEY_BYTES);
    System.arraycopy(both, 0, ck, 0, KEY_BYTES);
    byte[] key = Arrays.copyOfRange(both, KEY_BYTES, 2 * KEY_BYTES);
    Secrets.wipe(both);
    return key;
  }

  /**
   * The end of a handshake: {@code HKDF(ck, zero)} gives the initiator's sending key and then the
   * responder's, and in each direction this ck serves the rotation of keys.
   */
  Transport split(boolean initiator) {
    byte[] both = Hkdf.derive(ck, NOTHING, NOTHING, 2 * KEY_BYTES);
    byte[] initiators = Arrays.copyOf(both, KEY_BYTES);
    byte[] responders = Arrays.copyOfRange(both, KEY_BYTES, 2 * KEY_BYTES);
    try {
      return initiator
          ? new Transport(ck, initiators, responders)
          : new Transport(ck, responders, initiators);
    } finally {
      Secrets.wipe(both, initiators, responders);
    }
  }

  @Override
  public void close() {
    Secrets.wipe(ck);
  }
}
