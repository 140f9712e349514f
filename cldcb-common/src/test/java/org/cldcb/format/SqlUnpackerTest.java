package org.cldcb.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.cldcb.codec.FormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlUnpackerTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "\"\", record ends early",
        "41, record ends early",
        "41fd, record ends early",
        "41fc, record ends in a statement",
        "ff, record ends early",
        "ff80, record ends early",
        "ff02aa, record ends in a blob",
        "fe01, record ends in a blob",
        "ff8080808080, varint of more than 5 bytes",
        "ff808080808001, varint of more than 5 bytes",
        "ffffffffff7f, blob of 34359738367 bytes",
        "ff81cab5ee01aa, blob of 500000001 bytes",
        "fc00, data after the end",
        "fcfc, data after the end",
        "41fdfc41fdfc, data after the end"
      })
  void whatIsMalformedIsRefused(String packed, String reason) {
    assertRefused(packed, reason);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "80fdfc",
        "c3fdfc",
        "c3a9c3fdfc",
        "c0affdfc",
        "eda080fdfc",
        "edbfbffdfc",
        "f4908080fdfc",
        "f5fdfc",
        "fbfdfc",
        "e282fdfc",
        "c3ff01a9fdfc",
        "41fdfffefdfdfc"
      })
  void aStatementThatIsNotUtf8IsRefusedAndNeverMended(String packed) {
    assertThatThrownBy(() -> PackedSql.unpack(HexFormat.of().parseHex(packed)))
        .isInstanceOf(FormatException.class);
  }

  @Test
  void everyTruncationIsRefused() throws IOException {
    byte[] packed = PackedSql.pack(List.of("a€😀", "", "x'abcdef' X'ABCDEF'", "z"));
    for (int length = 0; length < packed.length; length++) {
      byte[] shorter = Arrays.copyOf(packed, length);
      assertThatThrownBy(() -> PackedSql.unpack(shorter)).isInstanceOf(FormatException.class);
    }
  }

  /** Unpacking is a plain substitution: what no writer packs so is no error. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {"ff00fdfc, x''", "fe00fdfc, X''", "ff8100abfdfc, x'ab'", "7827616227fdfc, x'ab'"})
  void otherWaysToPackTheSameTextAreRead(String packed, String statement) throws IOException {
    assertThat(PackedSql.unpack(HexFormat.of().parseHex(packed))).containsExactly("" + statement);
  }

  @Test
  void anyBytesAreReadOrRefusedButNeverBreakIt() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      byte[] packed = new byte[random.nextInt(30)];
      random.nextBytes(packed);
      if (packed.length > 1 && i % 2 == 0) {
        packed[packed.length - 2] = (byte) SqlPacker.END_OF_STATEMENT;
        packed[packed.length - 1] = (byte) SqlPacker.END_OF_RECORD;
      }
      try {
        List<String> statements = PackedSql.unpack(packed);
        assertThat(PackedSql.unpack(PackedSql.pack(statements))).isEqualTo(statements);
      } catch (IOException e) {
        assertThat(e).isInstanceOf(FormatException.class);
      }
    }
  }

  private static void assertRefused(String packed, String reason) {
    assertThatThrownBy(() -> PackedSql.unpack(HexFormat.of().parseHex(packed)))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining(reason);
  }
}
