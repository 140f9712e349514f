package org.cldcb.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.cldcb.crypto.HsmSecretException.Reason.MALFORMED;
import static org.cldcb.crypto.HsmSecretException.Reason.PASSPHRASE_NEEDED;
import static org.cldcb.crypto.HsmSecretException.Reason.UNKNOWN_WORD;
import static org.cldcb.crypto.HsmSecretException.Reason.WRONG_CHECKSUM;
import static org.cldcb.crypto.HsmSecretException.Reason.WRONG_PASSPHRASE;
import static org.cldcb.crypto.Vectors.hex;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against files that Core Lightning made, and what it answered when it ran on them. */
class HsmSecretTest {

  private static final String PLAIN_NODE_ID =
      "02418db62ddcd7c164eb9610723f8d30fa03c9cff73de1b69fdc6f079cc52c179f";
  private static final String PLAIN_HELLO =
      "rb7kqe1ze1dw83ksrhtgnhctawb7aqq4465cgm8wg1kwso5ponqfqrfrtz6z4eyyzbyjhe9zz5n8mwodz8b1rgau8io48umkpm51khu4";

  @Test
  void aFolderOfThatNameIsNamed(@TempDir Path folder) {
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> HsmSecret.open(folder))
        .withMessageStartingWith(folder + ": ");
  }

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

  @Test
  void encrypted() throws Exception {
    byte[] file = Vectors.bytes("hsm/hsm_secret.HENC");
    try (HsmSecret secret = HsmSecret.of(file, () -> ascii("correct horse"));
        NodeKey key = secret.nodeKey()) {
      assertThat(key.nodeId()).hasToString(PLAIN_NODE_ID);
      assertThat(key.sign("hello").zbase32()).isEqualTo(PLAIN_HELLO);
      assertThat(secret.form()).isEqualTo(HsmSecretForm.ENCRYPTED);
      assertThat(secret.secret()).isEqualTo(Vectors.bytes("hsm/hsm_secret.H32"));
    }
  }

  @Test
  void mnemonicWithPassphrase() throws Exception {
    byte[] file = Vectors.bytes("hsm/hsm_secret.HMN");
    try (HsmSecret secret = HsmSecret.of(file, () -> ascii("mnemo pass"));
        NodeKey key = secret.nodeKey()) {
      assertThat(key.nodeId())
          .hasToString("023dbd27963201b594a236639dba54af1619a3b92aa93b17c9a876b61579779b27");
      assertThat(key.sign("hello").zbase32())
          .isEqualTo(
              "rb1ko8gk5rgqbej73s57byu8ornb6gpbdaayaekbhoyd1ft91afjax4ktsnobof93amrhdtzpd5o9tg7tgoni591ue5q99z1r6h4icru");
    }
  }

  @ParameterizedTest
  @CsvSource({"HENC,correct horsE", "HENC,''", "HMN,mnemo pas", "HMN,''"})
  void aWrongPassphraseIsNamedSo(String form, String passphrase) throws Exception {
    byte[] file = Vectors.bytes("hsm/hsm_secret." + form);
    assertThatExceptionOfType(HsmSecretException.class)
        .isThrownBy(() -> HsmSecret.of(file, () -> ascii(passphrase)))
        .withMessage("the passphrase is wrong")
        .matches(e -> e.reason() == WRONG_PASSPHRASE);
  }

  /** The two halves of the header, the tag, and the MAC. */
  @ParameterizedTest
  @ValueSource(ints = {0, 8 * 23, 8 * 24, 8 * 72 + 7})
  void anAlteredEncryptedSecretIsRefused(int bit) throws Exception {
    byte[] file = Vectors.flipBit(Vectors.bytes("hsm/hsm_secret.HENC"), bit);
    assertThatExceptionOfType(HsmSecretException.class)
        .isThrownBy(() -> HsmSecret.of(file, () -> ascii("correct horse")))
        .matches(e -> e.reason() == WRONG_PASSPHRASE);
  }

  @Test
  void thePassphraseIsWipedAndAskedForOnlyWhereItIsNeeded() throws Exception {
    byte[] passphrase = ascii("mnemo pass");
    HsmSecret.of(Vectors.bytes("hsm/hsm_secret.HMN"), () -> passphrase).close();
    assertThat(passphrase).containsOnly(0);
    for (String form : new String[] {"H32", "A"}) {
      HsmSecret.of(
              Vectors.bytes("hsm/hsm_secret." + form),
              () -> {
                throw new AssertionError("asked");
              })
          .close();
    }
  }

  @ParameterizedTest
  @CsvSource({"A,''", "HMN,mnemo pass"})
  void wordsGiveTheFileThatLightningdWrites(String form, String passphrase) throws Exception {
    byte[] file = Vectors.bytes("hsm/hsm_secret." + form);
    byte[] words = Arrays.copyOfRange(file, 32, file.length);
    try (HsmSecret secret = HsmSecret.ofWords(words, ascii(passphrase));
        HsmSecret read = HsmSecret.of(file, () -> ascii(passphrase))) {
      assertThat(secret.file()).isEqualTo(file);
      assertThat(secret.form()).isEqualTo(read.form());
      assertThat(secret.secret()).isEqualTo(read.secret());
      assertThat(secret.words()).contains(words);
    }
  }

  /** BIP39's best-known words, and their seeds. */
  @ParameterizedTest
  @CsvSource({
    "'',5eb00bbddcf069084889a8ab9155568165f5c453ccb85e70811aaed6f6da5fc1"
        + "9a5ac40b389cd370d086206dec8aa6c43daea6690f20ad3d8d48b2d2ce9e38e4",
    "TREZOR,c55257c360c07c72029aebc1b53c05ed0362ada38ead3e3e9efa3708e5349553"
        + "1f09a6987599d18264c1e1c92f2cf141630c7a3c4ab7c81b2f001698e7463b04"
  })
  void seedOfWords(String passphrase, String seed) {
    byte[] words = ascii("abandon ".repeat(11) + "about");
    assertThat(Mnemonic.seed(words, ascii(passphrase))).isEqualTo(hex(seed));
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

  /** Those of zero bits, with the word that holds their checksum; libwally takes 27 and 30 too. */
  @ParameterizedTest
  @CsvSource({"12,about", "15,address", "18,agent", "21,admit", "24,art", "27,bread", "30,bid"})
  void everyNumberOfWordsIsAcceptedIfTheirChecksumFits(int count, String last) throws Exception {
    HsmSecret.parse(mnemonicFile("abandon ".repeat(count - 1) + last)).close();
    assertRefused(mnemonicFile("abandon ".repeat(count - 1) + "able"), WRONG_CHECKSUM);
  }

  @Test
  void swappedWordsAreFound() throws Exception {
    byte[] file = Vectors.bytes("hsm/hsm_secret.A");
    String words = new String(file, 32, file.length - 32, US_ASCII);
    String[] swapped = words.split(" ");
    swapped[3] = words.split(" ")[4];
    swapped[4] = words.split(" ")[3];
    assertThatExceptionOfType(HsmSecretException.class)
        .isThrownBy(() -> HsmSecret.parse(mnemonicFile(String.join(" ", swapped))))
        .withMessageContaining("two are swapped")
        .matches(e -> e.reason() == WRONG_CHECKSUM);
  }

  @Test
  void anUnknownWordIsNamedByItsPlace() {
    assertThatExceptionOfType(HsmSecretException.class)
        .isThrownBy(
            () ->
                HsmSecret.parse(
                    mnemonicFile(
                        "abandon ".repeat(6) + "abandom " + "abandon ".repeat(4) + "about")))
        .withMessageStartingWith("word 7 isn't one of BIP39's")
        .matches(e -> e.reason() == UNKNOWN_WORD);
  }

  /** As in Core Lightning, to which the words are a string of C. */
  @Test
  void wordsEndWithAZeroByte() throws Exception {
    byte[] file = Vectors.bytes("hsm/hsm_secret.A");
    try (NodeKey key = HsmSecret.parse(Arrays.copyOf(file, file.length + 5));
        NodeKey same = HsmSecret.parse(file)) {
      assertThat(key.nodeId()).isEqualTo(same.nodeId());
    }
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

  private static byte[] ascii(String text) {
    return text.getBytes(US_ASCII);
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
