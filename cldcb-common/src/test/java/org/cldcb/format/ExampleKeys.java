package org.cldcb.format;

import java.util.Arrays;
import org.cldcb.chain.Network;
import org.cldcb.codec.Hash;
import org.cldcb.crypto.LocalNodeKey;
import org.cldcb.crypto.NodeKey;
import org.cldcb.crypto.PrivateKey;

/** The keys of docs/FORMAT.md §11, for examples and tests. */
public final class ExampleKeys {
  public static final PrivateKey NODE = key(0x11);
  public static final PrivateKey DELEGATE = key(0x22);
  public static final PrivateKey EPHEMERAL = key(0x33);
  public static final PrivateKey SERVER = key(0x44);
  public static final byte[] CHUNK_ID_KEY = bytes(0x55);
  public static final Hash CHAIN_ID = Hash.of(bytes(0x66));
  public static final long TIME = 1_700_000_000;
  public static final Identity IDENTITY = new Identity(new Network("regtest"), NODE.publicKey());

  private ExampleKeys() {}

  public static PrivateKey key(int octet) {
    return PrivateKey.of(bytes(octet));
  }

  public static byte[] bytes(int octet) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) octet);
    return bytes;
  }

  /** A run of the example keys. */
  public static SealingRun run() {
    return run(DELEGATE, EPHEMERAL);
  }

  /** A run to the example node by other keys. */
  public static SealingRun run(PrivateKey delegate, PrivateKey ephemeral) {
    return SealingRun.start(IDENTITY, delegate, ephemeral);
  }

  /** A node's key that is any private key. */
  public static NodeKey nodeKey(PrivateKey key) {
    return new LocalNodeKey(PrivateKey.of(key.bytes()));
  }
}
