package org.cldcb.format;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PadmeTest {

  /** Worked out by hand from the formula of docs/FORMAT.md §3.4. */
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 1",
    "2, 2",
    "7, 7",
    "8, 8",
    "9, 10",
    "10, 10",
    "15, 16",
    "16, 16",
    "17, 18",
    "100, 104",
    "104, 104",
    "105, 112",
    "1000, 1024",
    "1024, 1024",
    "1025, 1088",
    "10000, 10240",
    "32768, 32768",
    "32769, 34816",
    "1000000, 1015808",
    "4294967296, 4294967296",
    "4294967297, 4362076160"
  })
  void givesTheLengthOfTheFormula(long length, long padded) {
    assertThat(Padme.padded(length)).isEqualTo(padded);
  }

  @Test
  void neverShortensNorAddsMoreThanTwelvePercent() {
    for (long length = 0; length < 200_000; length++) {
      long padded = Padme.padded(length);
      assertThat(padded).isGreaterThanOrEqualTo(length);
      assertThat((padded - length) * 100).isLessThanOrEqualTo(12 * length);
    }
  }

  @Test
  void neverFallsAndKeepsWhatIsPaddedAlready() {
    long last = 0;
    for (long length = 0; length < 200_000; length++) {
      long padded = Padme.padded(length);
      assertThat(padded).isGreaterThanOrEqualTo(last);
      assertThat(Padme.padded(padded)).isEqualTo(padded);
      last = padded;
    }
  }

  @Test
  void hidesLengthsUpToTheirOrderOfMagnitude() {
    long different = 0;
    for (long length = 1 << 20, last = 0; length < 1 << 21; length++) {
      long padded = Padme.padded(length);
      different += padded == last ? 0 : 1;
      last = padded;
    }
    assertThat(different).isEqualTo(33);
  }

  @Test
  void holdsForTheLargestLengths() {
    long length = (32L << 30) + 1;
    assertThat(Padme.padded(length)).isBetween(length, length + length * 12 / 100);
  }
}
