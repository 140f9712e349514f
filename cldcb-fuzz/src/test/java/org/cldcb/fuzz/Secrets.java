package org.cldcb.fuzz;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Optional;
import org.cldcb.crypto.Codex32;
import org.cldcb.crypto.HsmSecret;
import org.cldcb.crypto.HsmSecretException;
import org.cldcb.crypto.NodeKey;
import org.cldcb.crypto.Passphrase;

/** What a node's secret is read from. */
final class Secrets {
  private static final byte[] PASSPHRASE = "passphrase".getBytes(US_ASCII);

  /** Argon2id takes a second for each file of this size. */
  private static final int ENCRYPTED = 73;

  private Secrets() {}

  static void hsmSecret(byte[] input) throws HsmSecretException {
    Passphrase passphrase = input.length == ENCRYPTED ? Passphrase.NONE : PASSPHRASE::clone;
    try (HsmSecret secret = HsmSecret.of(input, passphrase);
        NodeKey key = secret.nodeKey()) {
      Same.bytes(input, secret.file());
      Optional<byte[]> words = secret.words();
      if (words.isPresent()) {
        byte[] used = secret.form().needsPassphrase() ? PASSPHRASE : new byte[0];
        try (HsmSecret again = HsmSecret.ofWords(words.get(), used);
            NodeKey sameKey = again.nodeKey()) {
          Same.value(secret.form(), again.form());
          Same.value(key.nodeId(), sameKey.nodeId());
        }
      }
    }
  }

  /** Nothing here writes codex32; but both cases of a string must hold the same. */
  static void codex32(byte[] input) throws HsmSecretException {
    byte[] secret = Codex32.decode(input);
    byte[] otherCase = input.clone();
    for (int i = 0; i < otherCase.length; i++) {
      otherCase[i] ^= (byte) (Character.isLetter(otherCase[i]) ? ' ' : 0);
    }
    Same.bytes(secret, Codex32.decode(otherCase));
  }
}
