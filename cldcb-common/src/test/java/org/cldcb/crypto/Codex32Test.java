package org.cldcb.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.Locale;
import java.util.stream.Stream;
import org.cldcb.crypto.HsmSecretException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class Codex32Test {
  /** Of hsm_secret.H32, made with BIP93's reference code. */
  private static final String H32 =
      "cl10tests5766m5nkjzgz3fvytucxw90gmjfgzcwhlah5mhehpys7ds8440zsjjymn9y68ex8x";

  static Stream<String> bip93() throws IOException {
    return new String(Vectors.bytes("bip93.txt"), US_ASCII)
        .lines()
        .filter(line -> !line.startsWith("#"));
  }

  @ParameterizedTest
  @MethodSource
  void bip93(String line) throws HsmSecretException {
    String[] vector = line.split(" ");
    byte[] text = vector[1].getBytes(US_ASCII);
    if (vector[0].equals("secret")) {
      assertThat(Codex32.decode(text, "ms")).isEqualTo(Vectors.hex(vector[2]));
      return;
    }
    assertThatExceptionOfType(HsmSecretException.class)
        .isThrownBy(() -> Codex32.decode(text, "ms"))
        .withMessageContaining(messageOf(vector[0]));
  }

  private static String messageOf(String kind) {
    return switch (kind) {
      case "share" -> "one share";
      case "checksum" -> "checksum of the codex32 string doesn't fit";
      case "size", "length" -> "codex32";
      case "index" -> "must be s";
      case "threshold" -> "isn't a digit";
      case "prefix" -> "begins with ms1";
      case "case" -> "mixed";
      default -> throw new IllegalArgumentException(kind);
    };
  }

  @Test
  void aNodesSecretInBothCases() throws Exception {
    byte[] secret = Vectors.bytes("hsm/hsm_secret.H32");
    assertThat(decode(H32)).isEqualTo(secret);
    assertThat(decode(H32.toUpperCase(Locale.ROOT))).isEqualTo(secret);
  }

  @Test
  void everySingleSlipIsFound() {
    for (int i = 3; i < H32.length(); i++) {
      char other = H32.charAt(i) == 'q' ? 'p' : 'q';
      String slip = H32.substring(0, i) + other + H32.substring(i + 1);
      assertThatExceptionOfType(HsmSecretException.class)
          .isThrownBy(() -> decode(slip))
          .matches(e -> e.reason() == Reason.WRONG_CHECKSUM);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "a share, one share of a secret that was split,"
        + " cl12testa5766m5nkjzgz3fvytucxw90gmjfgzcwhlah5mhehpys7ds8440zsvr4s0el5uqxk3",
    "a seed of Bitcoin, a node's begins with cl1,"
        + " ms10tests5766m5nkjzgz3fvytucxw90gmjfgzcwhlah5mhehpys7ds8440zstr0vp03j7g00t",
    "16 bytes, it holds 16 bytes, cl10tests5766m5nkjzgz3fvytucxw90gmsfvlxsxugc5y5x",
    "index a, must be s,"
        + " cl10testa5766m5nkjzgz3fvytucxw90gmjfgzcwhlah5mhehpys7ds8440zs4k3cusa58sagf",
    "threshold a, isn't a digit,"
        + " cl1atests5766m5nkjzgz3fvytucxw90gmjfgzcwhlah5mhehpys7ds8440zsy4t9gxh6zvrsd",
    "a letter that codex32 hasn't, character 9 isn't one of those,"
        + " cl10testb5766m5nkjzgz3fvytucxw90gmjfgzcwhlah5mhehpys7ds8440zsjjymn9y68ex8x",
    "no separator, begins with cl1, cl",
    "nothing after it, checksum, cl1",
  })
  void eachKindOfErrorHasItsMessage(String kind, String message, String text) {
    assertThatExceptionOfType(HsmSecretException.class)
        .as(kind)
        .isThrownBy(() -> decode(text))
        .withMessageContaining(message)
        .matches(e -> !e.getMessage().contains("5766"));
  }

  /** It holds the secret itself, though it was split besides. */
  @Test
  void indexSOfASplitSecret() throws Exception {
    assertThat(decode("cl12tests5766m5nkjzgz3fvytucxw90gmjfgzcwhlah5mhehpys7ds8440zst8qnqvx6ufae7"))
        .isEqualTo(Vectors.bytes("hsm/hsm_secret.H32"));
  }

  private static byte[] decode(String text) throws HsmSecretException {
    return Codex32.decode(text.getBytes(US_ASCII));
  }
}
