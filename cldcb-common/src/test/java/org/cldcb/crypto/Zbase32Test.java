package org.cldcb.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.cldcb.crypto.Vectors.hex;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Zbase32Test {

  /** The whole octets among the examples of the encoding's description. */
  @ParameterizedTest
  @CsvSource({"'', ''", "f0bfc7, 6n9hq", "d47a04, 4t7ye", "00, yy", "ff, 9h", "0000, yyyy"})
  void examples(String bytes, String text) {
    assertThat(Zbase32.encode(hex(bytes))).isEqualTo(text);
    assertThat(Zbase32.decode(text)).isEqualTo(hex(bytes));
  }

  @Test
  void roundTrip() {
    Random random = new Random(1);
    for (int length = 0; length < 100; length++) {
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      String text = Zbase32.encode(bytes);
      assertThat(text).hasSize((length * 8 + 4) / 5);
      assertThat(Zbase32.decode(text)).isEqualTo(bytes);
    }
  }

  /** A superfluous character, spare bits that aren't zero, and characters outside the alphabet. */
  @ParameterizedTest
  @ValueSource(
      strings = {"y", "yyy", "yyyyyy", "yb", "99", "YY", "yl", "y0", "y y", "yé", "y\u2026"})
  void whateverBytesDoNotEncodeToIsRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Zbase32.decode(text))
        .withMessageStartingWith("not z-base-32: ");
  }

  @Test
  void whateverDecodesEncodesToTheSameText() {
    String alphabet = "ybndrfg8ejkmcpqxot1uwisza345h769";
    Random random = new Random(2);
    for (int i = 0; i < 10_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(12); length > 0; length--) {
        text.append(alphabet.charAt(random.nextInt(32)));
      }
      assertCanonical(text.toString());
    }
  }

  private static void assertCanonical(String text) {
    byte[] bytes;
    try {
      bytes = Zbase32.decode(text);
    } catch (IllegalArgumentException e) {
      return;
    }
    assertThat(Zbase32.encode(bytes)).isEqualTo(text);
  }
}
