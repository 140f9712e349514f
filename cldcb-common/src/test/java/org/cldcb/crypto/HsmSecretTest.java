package org.cldcb.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.cldcb.crypto.HsmSecretException.Reason.MALFORMED;
import static org.cldcb.crypto.HsmSecretException.Reason.PASSPHRASE_NEEDED;
import static org.cldcb.crypto.Vectors.hex;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against files that Core Lightning made, and what it answered when it ran on them. */
class HsmSecretTest {

  private static final String PLAIN_NODE_ID =
      "02418db62ddcd7c164eb9610723f8d30fa03c9cff73de1b69fdc6f079cc52c179f";
  private static final String PLAIN_HELLO =
      "rb7kqe1ze1dw83ksrhtgnhctawb7aqq4465cgm8wg1kwso5ponqfqrfrtz6z4eyyzbyjhe9zz5n8mwodz8b1rgau8io48umkpm51khu4";

  @Test
  void plain() throws Exception {
    try (NodeKey key = HsmSecret.parse(Vectors.bytes("hsm/hsm_secret.H32"))) {
      assertThat(key.nodeId()).hasToString(PLAIN_NODE_ID);
      assertThat(key.sign("hello").zbase32()).isEqualTo(PLAIN_HELLO);
    }
  }

  @Test
  void mnemonic() throws Exception {
    JsonNode node = Vectors.json("signmessage.json").get("A");
    try (NodeKey key = HsmSecret.parse(Vectors.bytes("hsm/hsm_secret.A"))) {
      assertThat(key.nodeId()).hasToString(node.get("id").textValue());
      for (var signed : node.get("signmessage").properties()) {
        assertThat(key.sign(signed.getKey()).zbase32())
            .isEqualTo(signed.getValue().get("zbase").textValue());
      }
    }
  }

  /** The best-known words of all, and their seed without passphrase. */
  @Test
  void seedOfWords() {
    byte[] words = ("abandon ".repeat(11) + "about").getBytes(US_ASCII);
    assertThat(Mnemonic.seed(words))
        .isEqualTo(
            hex(
                "5eb00bbddcf069084889a8ab9155568165f5c453ccb85e70811aaed6f6da5fc1"
                    + "9a5ac40b389cd370d086206dec8aa6c43daea6690f20ad3d8d48b2d2ce9e38e4"));
  }

  @Test
  void ecdhIsThatOfTheNodesKey() throws Exception {
    PrivateKey peer = PrivateKey.generate(new SecureRandom());
    try (NodeKey key = HsmSecret.parse(Vectors.bytes("hsm/hsm_secret.H32"))) {
      assertThat(key.ecdh(peer.publicKey())).isEqualTo(peer.ecdh(key.nodeId()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"HENC", "HMN"})
  void aPassphraseIsRecognised(String form) throws Exception {
    assertRefused(Vectors.bytes("hsm/hsm_secret." + form), PASSPHRASE_NEEDED);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 31, 33, 64, 72, 74, 1024, 100_000})
  void otherLengthsAreRefused(int length) {
    assertRefused(new byte[length], MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "abandon",
        " abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon"
            + " about",
        "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon"
            + " about ",
        "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon"
            + " about\n",
        "abandon abandon abandon  abandon abandon abandon abandon abandon abandon abandon abandon"
            + " about",
        "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon"
            + " About",
        "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about",
      })
  void whatHasNotTheShapeOfWordsIsRefused(String words) {
    assertRefused(mnemonicFile(words), MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(ints = {12, 15, 18, 21, 24})
  void everyNumberOfWordsIsAccepted(int count) throws Exception {
    HsmSecret.parse(mnemonicFile("abandon ".repeat(count - 1) + "absolute")).close();
  }

  @Test
  void theFilesContentNeverShowsInAMessage() {
    byte[] file = mnemonicFile("correct horse battery staple");
    assertThatExceptionOfType(HsmSecretException.class)
        .isThrownBy(() -> HsmSecret.parse(file))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("horse"));
  }

  @Test
  void opensAFile(@TempDir Path folder) throws Exception {
    Path path = Files.write(folder.resolve("hsm_secret"), Vectors.bytes("hsm/hsm_secret.H32"));
    try (NodeKey key = HsmSecret.open(path)) {
      assertThat(key.nodeId()).hasToString(PLAIN_NODE_ID);
    }
    assertThat(path).hasBinaryContent(Vectors.bytes("hsm/hsm_secret.H32"));
  }

  @Test
  void refusesAnyOtherFile(@TempDir Path folder) throws Exception {
    Path path = Files.write(folder.resolve("lightningd.sqlite3"), new byte[1 << 20]);
    assertThatExceptionOfType(HsmSecretException.class).isThrownBy(() -> HsmSecret.open(path));
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> HsmSecret.open(folder.resolve("hsm_secret")));
  }

  @Test
  void leavesTheCallersBytesAlone() throws Exception {
    for (String form : new String[] {"H32", "A"}) {
      byte[] file = Vectors.bytes("hsm/hsm_secret." + form);
      byte[] before = file.clone();
      HsmSecret.parse(file).close();
      assertThat(file).isEqualTo(before);
    }
  }

  @Test
  void aClosedKeyIsOfNoUse() throws Exception {
    NodeKey key = HsmSecret.parse(Vectors.bytes("hsm/hsm_secret.H32"));
    key.close();
    assertThatIllegalStateException().isThrownBy(() -> key.sign("hello"));
    assertThatIllegalStateException().isThrownBy(() -> key.ecdh(key.nodeId()));
  }

  @Test
  void onlyASecretOf32BytesGivesANodeKey() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HsmSecret.deriveNodeKey(new byte[Mnemonic.SEED_BYTES]));
  }

  private static byte[] mnemonicFile(String words) {
    byte[] file = new byte[32 + words.length()];
    System.arraycopy(words.getBytes(US_ASCII), 0, file, 32, words.length());
    return file;
  }

  private static void assertRefused(byte[] file, HsmSecretException.Reason reason) {
    assertThatExceptionOfType(HsmSecretException.class)
        .isThrownBy(() -> HsmSecret.parse(file))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
