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
        "01, record ends early",
        "0141, record ends early",
        "0141fe, record ends early",
        "01fffe, record ends early",
        "01fffe40, record ends early",
        "01fffea041, record ends early",
        "01fffe8002aa, record ends early",
        "01fffe4180, more literals than the statement has",
        "01fffe02, more literals than the statement has",
        "01fffe2100, more literals than the statement has",
        "01fffee0, literal of kind 7",
        "01fffe40808080808080808080, varint of more than 9 bytes",
        "7f, statement of shape 125",
        "ffffffffffffffff7f, statement of shape",
        "01fffe8081cab5ee01aa, blob of 500000001 bytes",
        "0000, data after the end",
        "0141fe000141fe00, data after the end"
      })
  void whatIsMalformedIsRefused(String packed, String reason) {
    assertRefused(packed, reason);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "0180fe00",
        "01c3fe00",
        "01c3a9c3fe00",
        "01c0affe00",
        "01eda080fe00",
        "01edbfbffe00",
        "01f4908080fe00",
        "01f5fe00",
        "01fdfe00",
        "01e282fe00",
        "01fffea0c3fe00",
        "01fffec0fffe00",
        "01c3ffa9fe80018900"
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
      value = {
        "01fffe2000, NULL",
        "01fffe0100, NULL",
        "017827616227fe00, x'ab'",
        "01fffe40800000, 0",
        "01fffe600000, -0",
        "01ffff62fe0000, NULLNULLb",
        "01fffec0fe00, \"\"",
        "01fffec04120fe00, \"A \""
      })
  void otherWaysToPackTheSameTextAreRead(String packed, String statement) throws IOException {
    assertThat(PackedSql.unpack(HexFormat.of().parseHex(packed))).containsExactly(statement);
  }

  @Test
  void moreLiteralsThanAllowedAreRefused() throws IOException {
    assertThat(PackedSql.unpack(HexFormat.of().parseHex("01" + "ff".repeat(1024) + "fe0000")))
        .containsExactly("NULL".repeat(1024));
    assertRefused("01" + "ff".repeat(1025) + "fe0000", "more than 1024 literals");
  }

  @Test
  void anyBytesAreReadOrRefusedButNeverBreakIt() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      byte[] packed = new byte[random.nextInt(30)];
      random.nextBytes(packed);
      if (packed.length > 1 && i % 2 == 0) {
        packed[0] = SqlPacker.SKELETON;
        packed[packed.length - 1] = SqlPacker.END_OF_RECORD;
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
