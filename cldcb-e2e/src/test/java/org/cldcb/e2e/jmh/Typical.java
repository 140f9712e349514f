package org.cldcb.e2e.jmh;

import java.security.SecureRandom;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.cldcb.chain.ChainDigest;
import org.cldcb.chain.Network;
import org.cldcb.chain.Position;
import org.cldcb.codec.Hash;
import org.cldcb.crypto.PrivateKey;
import org.cldcb.e2e.rig.Trace;
import org.cldcb.e2e.rig.Write;
import org.cldcb.format.Identity;
import org.cldcb.format.SealingRun;

/** What the benchmarks work on. */
final class Typical {
  /** What a record of a busy node comes to, padded. */
  static final int RECORD_BYTES = 1024;

  static final SecureRandom RANDOM = new SecureRandom();
  static final Position POSITION = new Position(1, 2, 2, ChainDigest.chainStart(Hash.ZERO));

  private Typical() {}

  /** The recorded write of middle length. */
  static Write write() {
    List<Write> bySize =
        Trace.load(Trace.NODE_A).writes().stream()
            .sorted(Comparator.comparingInt(write -> String.join("", write.statements()).length()))
            .toList();
    return bySize.get(bySize.size() / 2);
  }

  static byte[] noise(int bytes) {
    byte[] noise = new byte[bytes];
    new Random(1).nextBytes(noise);
    return noise;
  }

  /** A run of a node with new keys. */
  static SealingRun run() {
    Identity identity =
        new Identity(new Network("regtest"), PrivateKey.generate(RANDOM).publicKey());
    return SealingRun.start(identity, PrivateKey.generate(RANDOM), RANDOM);
  }
}
