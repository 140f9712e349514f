package org.cldcb.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckWordTest {
  /** Made with another implementation. */
  @ParameterizedTest
  @CsvSource({"1,vacuum", "2,slot", "3,tired", "4,crush"})
  void ofTheLinesOfASecret(int line, String word) throws Exception {
    byte[] secret = Vectors.bytes("hsm/hsm_secret.H32");
    byte[] bytes = Arrays.copyOfRange(secret, 8 * line - 8, 8 * line);
    assertThat(CheckWord.of(line, bytes)).isEqualTo(word);
    assertThat(CheckWord.of(line + 1, bytes)).isNotEqualTo(word);
  }
}
