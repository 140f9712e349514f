package org.cldcb.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.cldcb.crypto.Vectors.hex;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HkdfTest {

  private static final byte[] NOTHING = {};

  /** RFC 5869, appendix A.1 to A.3. */
  @ParameterizedTest
  @CsvSource({
    "000102030405060708090a0b0c, 0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b,"
        + " f0f1f2f3f4f5f6f7f8f9,"
        + " 3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
    "'', 0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b, '',"
        + " 8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8",
  })
  void rfc5869(String salt, String ikm, String info, String okm) {
    byte[] expected = hex(okm);
    assertThat(Hkdf.derive(hex(salt), hex(ikm), hex(info), expected.length)).isEqualTo(expected);
  }

  @Test
  void rfc5869LongInputs() {
    byte[] okm = Hkdf.derive(range(0x60, 0xaf), range(0x00, 0x4f), range(0xb0, 0xff), 82);
    assertThat(okm)
        .isEqualTo(
            hex(
                "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c"
                    + "59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71"
                    + "cc30c58179ec3e87c14c01d5c1f3434f1d87"));
  }

  @Test
  void aShorterOutputIsThePrefixOfALongerOne() {
    byte[] longest = Hkdf.derive(NOTHING, NOTHING, NOTHING, 8160);
    for (int length : new int[] {0, 1, 31, 32, 33, 64, 8159}) {
      assertThat(Hkdf.derive(NOTHING, NOTHING, NOTHING, length))
          .isEqualTo(Arrays.copyOf(longest, length));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 8161})
  void otherLengthsAreRefused(int length) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Hkdf.derive(NOTHING, NOTHING, NOTHING, length));
  }

  private static byte[] range(int first, int last) {
    byte[] bytes = new byte[last - first + 1];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (first + i);
    }
    return bytes;
  }
}
