package org.cldcb.fuzz;

import java.util.Arrays;
import org.cldcb.crypto.LocalNodeKey;
import org.cldcb.crypto.NodeKey;
import org.cldcb.crypto.PrivateKey;

/** The keys of docs/FORMAT.md §11: fixed, so that an input means the same in every run. */
final class Keys {
  static final PrivateKey NODE = key(0x11);
  static final PrivateKey DELEGATE = key(0x22);
  static final PrivateKey SERVER = key(0x44);

  private Keys() {}

  static PrivateKey key(int octet) {
    byte[] bytes = new byte[PrivateKey.BYTES];
    Arrays.fill(bytes, (byte) octet);
    return PrivateKey.of(bytes);
  }

  static NodeKey nodeKey() {
    return new LocalNodeKey(PrivateKey.of(NODE.bytes()));
  }
}
