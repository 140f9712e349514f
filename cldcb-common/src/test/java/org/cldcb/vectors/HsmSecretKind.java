package org.cldcb.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.cldcb.codec.ByteWriter;
import org.cldcb.crypto.HsmSecret;
import org.cldcb.crypto.HsmSecretException;
import org.cldcb.crypto.Passphrase;
import org.cldcb.crypto.Vectors;
import org.cldcb.format.ExampleKeys;

/** The forms of {@code hsm_secret}, FORMAT §2, those of real nodes among them. */
final class HsmSecretKind implements Kind {
  private static final String REAL =
      "02418db62ddcd7c164eb9610723f8d30fa03c9cff73de1b69fdc6f079cc52c179f";
  private static final String REAL_WORDS =
      "023dbd27963201b594a236639dba54af1619a3b92aa93b17c9a876b61579779b27";
  private static final String ABANDON =
      "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon"
          + " about";

  @Override
  public String name() {
    return "hsm_secret";
  }

  @Override
  public List<Vector> all() {
    byte[] plain = ExampleKeys.bytes(0x11);
    byte[] words = words(ABANDON);
    byte[] encrypted = real("HENC");
    byte[] protectedWords = real("HMN");
    return List.of(
        vector("ok-plain", Vector.OK, "32 bytes", plain).with("node-id", id(plain)),
        vector("ok-words", Vector.OK, "BIP39 words", words).with("node-id", id(words)),
        vector("ok-encrypted", Vector.OK, "encrypted, of a real node", encrypted)
            .with("passphrase", "correct horse")
            .with("node-id", REAL),
        vector(
                "ok-words-passphrase",
                Vector.OK,
                "words with a passphrase, of a real node",
                protectedWords)
            .with("passphrase", "mnemo pass")
            .with("node-id", REAL_WORDS),
        vector(
            "passphrase-needed-encrypted",
            "passphrase-needed",
            "encrypted, no passphrase",
            encrypted),
        vector(
            "passphrase-needed-words", "passphrase-needed", "words, no passphrase", protectedWords),
        vector(
                "wrong-passphrase-encrypted",
                "wrong-passphrase",
                "encrypted, another passphrase",
                encrypted)
            .with("passphrase", "Correct horse"),
        vector(
                "wrong-passphrase-words",
                "wrong-passphrase",
                "words, another passphrase",
                protectedWords)
            .with("passphrase", "Mnemo pass"),
        vector("malformed-empty", "malformed", "no bytes", new byte[0]),
        vector("malformed-short", "malformed", "31 bytes", Bytes.resized(plain, -1)),
        vector(
            "unknown-word",
            "unknown-word",
            "a word that isn't BIP39's",
            words(ABANDON.replace("about", "aboot"))),
        vector(
            "wrong-checksum",
            "wrong-checksum",
            "words whose checksum is wrong",
            words(ABANDON.replace("about", "abandon"))),
        vector(
            "malformed-words-newline",
            "malformed",
            "a newline after the words",
            words(ABANDON + "\n")));
  }

  private static Vector vector(String name, String expect, String comment, byte[] file) {
    return Vector.of("hsm_secret/" + name, expect, comment, file);
  }

  private static byte[] words(String words) {
    return new ByteWriter()
        .bytes(new byte[32])
        .bytes(words.getBytes(StandardCharsets.US_ASCII))
        .toBytes();
  }

  private static byte[] real(String form) {
    try {
      return Vectors.bytes("hsm/hsm_secret." + form);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String id(byte[] file) {
    try (HsmSecret secret = HsmSecret.of(file.clone(), Passphrase.NONE)) {
      return secret.nodeKey().nodeId().hex();
    } catch (HsmSecretException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String read(Vector vector) {
    Passphrase passphrase =
        vector.has("passphrase")
            ? () -> vector.field("passphrase").getBytes(StandardCharsets.UTF_8)
            : Passphrase.NONE;
    try (HsmSecret secret = HsmSecret.of(vector.payload().clone(), passphrase)) {
      assertThat(secret.nodeKey().nodeId().hex()).isEqualTo(vector.field("node-id"));
      return Vector.OK;
    } catch (HsmSecretException e) {
      return e.reason().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
