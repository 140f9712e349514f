package org.cldcb.client.secret;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.cldcb.crypto.HsmSecret;
import org.cldcb.crypto.HsmSecretException;
import org.cldcb.crypto.HsmSecretForm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PaperReaderTest {
  private static final String HEX =
      "a7b5add276909028a5845f306715e8dc928161d7ff6f4ddf370921e6c0f5abc5";
  private static final String CODEX32 =
      "cl10tests5766m5nkjzgz3fvytucxw90gmjfgzcwhlah5mhehpys7ds8440zsjjymn9y68ex8x";
  private static final String[] SHEET = {
    "a7b5 add2 7690 9028 vacuum",
    "a584 5f30 6715 e8dc slot",
    "9281 61d7 ff6f 4ddf tired",
    "3709 21e6 c0f5 abc5 crush"
  };

  private final List<String> checks = new ArrayList<>();
  private String passphrase = "";

  @ParameterizedTest
  @ValueSource(
      strings = {
        HEX,
        "A7B5ADD276909028A5845F306715E8DC928161D7FF6F4DDF370921E6C0F5ABC5",
        " a7b5 add2 7690 9028 a584 5f30 6715 e8dc 9281 61d7 ff6f 4ddf 3709 21e6 c0f5 abc5 ",
      })
  void hex(String line) throws Exception {
    assertPlain(read(line));
    assertThat(checks).singleElement().asString().contains("no checksum");
  }

  /** The last group could be a word. */
  @Test
  void hexThatEndsInLetters() throws Exception {
    String zeros = "0000 ".repeat(15);
    try (HsmSecret secret = read(zeros + "face")) {
      assertThat(secret.secret()).endsWith(0xfa, 0xce);
    }
  }

  @Test
  void theLinesOfASheet() throws Exception {
    assertPlain(read(SHEET));
    assertThat(checks).containsExactly("4 lines: the check word of each fits");
  }

  @Test
  void theLinesOfASheetInAnotherSpelling() throws Exception {
    assertPlain(read("A7B5ADD276909028 VACUUM", " a5845f30 6715e8dc  slot ", SHEET[2], SHEET[3]));
  }

  /** Each digit of each line, one after the other. */
  @Test
  void aSlipInASheetIsFoundInItsLine() {
    for (int line = 0; line < SHEET.length; line++) {
      for (int i = 0; i < 19; i++) {
        char c = SHEET[line].charAt(i);
        if (c != ' ') {
          String[] lines = SHEET.clone();
          lines[line] =
              SHEET[line].substring(0, i) + (c == '0' ? '1' : '0') + SHEET[line].substring(i + 1);
          fails("line " + (line + 1) + ": the check word doesn't fit", lines);
        }
      }
    }
  }

  @Test
  void otherSlipsInASheet() {
    fails("line 1: the check word doesn't fit", "a7b5 add2 7690 9028 slot");
    fails("line 1: the check word doesn't fit", SHEET[1]);
    fails("line 2: the check word doesn't fit", SHEET[0], SHEET[2]);
    fails("line 2: its check word is missing", SHEET[0], "a584 5f30 6715 e8dc");
    fails("line 2: its check word is missing", SHEET[0], "");
    fails("line 3: 15 hex digits, and not 16", SHEET[0], SHEET[1], "9281 61d7 ff6f 4dd tired");
    fails(
        "line 4: character 5 isn't a hex digit",
        SHEET[0],
        SHEET[1],
        SHEET[2],
        "3709 l1e6 c0f5 abc5 crush");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 63, 65, 128})
  void hexOfAnotherLength(int digits) {
    fails(digits + " hex digits, and not 64", "1".repeat(digits));
  }

  @Test
  void aCharacterThatIsNoHexDigitIsNamed() {
    fails("character 3 isn't a hex digit", HEX.replaceFirst("b", "o"));
  }

  @Test
  void codex32() throws Exception {
    assertPlain(read(CODEX32));
    assertPlain(read(CODEX32.toUpperCase(Locale.ROOT)));
    assertPlain(read(CODEX32.replaceAll("(.{4})", "$1 ")));
    assertThat(checks).containsOnly("codex32: the checksum fits");
    fails("checksum of the codex32 string doesn't fit", CODEX32.replace("5766", "5767"));
    fails("begins with cl1", CODEX32.replaceFirst("cl", "ms"));
  }

  @ParameterizedTest
  @CsvSource({"A,''", "HMN,mnemo pass"})
  void words(String vector, String itsPassphrase) throws Exception {
    passphrase = itsPassphrase;
    byte[] file = vector(vector);
    String words = new String(file, 32, file.length - 32, US_ASCII);
    for (String typed : List.of(words, words.toUpperCase(Locale.ROOT), "  " + words + " ")) {
      try (HsmSecret secret = read(typed)) {
        assertThat(secret.file()).isEqualTo(file);
      }
    }
    assertThat(checks).containsOnly("12 words: all are BIP39's, and their checksum fits");
  }

  @Test
  void wordsInSeveralLines() throws Exception {
    String six = "abandon abandon abandon abandon abandon abandon";
    assertWords(12, six, "abandon abandon abandon abandon abandon about", "");
    assertWords(24, six, six, six, "abandon abandon abandon abandon abandon art");
    assertWords(24, "abandon ".repeat(23) + "art");
  }

  @Test
  void wordsThatAreNone() throws Exception {
    fails("word 7 isn't one of BIP39's", "abandon ".repeat(6) + "horsey " + "abandon ".repeat(5));
    fails("checksum of the words doesn't fit", "abandon ".repeat(12));
    fails("12 or 24 words (or 15, 18, 21): here are 3", "legal winner thank", "");
    fails("nothing was typed", "  ");
    fails("12 or 24 words", "\u00e4\u00f6 \u00fc", "");
  }

  private void assertWords(int count, String... lines) throws HsmSecretException {
    checks.clear();
    try (HsmSecret secret = read(lines)) {
      assertThat(secret.form()).isEqualTo(HsmSecretForm.MNEMONIC);
    }
    assertThat(checks).singleElement().asString().startsWith(count + " words");
  }

  private static void assertPlain(HsmSecret secret) {
    try (secret) {
      assertThat(secret.form()).isEqualTo(HsmSecretForm.PLAIN);
      assertThat(secret.file()).isEqualTo(HexFormat.of().parseHex(HEX));
    }
  }

  private void fails(String message, String... lines) {
    assertThatExceptionOfType(HsmSecretException.class)
        .isThrownBy(() -> read(lines))
        .withMessageContaining(message)
        .matches(e -> !e.getMessage().contains("horsey"));
  }

  private HsmSecret read(String... lines) throws HsmSecretException {
    List<byte[]> typed = new ArrayList<>();
    PaperReader reader =
        new PaperReader(
            number -> {
              assertThat(number).isLessThanOrEqualTo(lines.length);
              byte[] line = lines[number - 1].getBytes(UTF_8);
              typed.add(line);
              return line;
            },
            () -> passphrase.getBytes(US_ASCII),
            checks::add);
    HsmSecret secret = reader.read();
    assertThat(typed).hasSize(lines.length);
    for (byte[] line : typed) {
      assertThat(line).isEqualTo(new byte[line.length]);
    }
    return secret;
  }

  private static byte[] vector(String name) throws Exception {
    try (InputStream in =
        Objects.requireNonNull(
            PaperReaderTest.class.getResourceAsStream("/vectors/hsm/hsm_secret." + name))) {
      return in.readAllBytes();
    }
  }
}
