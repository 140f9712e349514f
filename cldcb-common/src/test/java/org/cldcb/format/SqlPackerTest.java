package org.cldcb.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlPackerTest {

  @Test
  void anyStatementsComeBackAsTheyWere() throws IOException {
    for (int seed = 0; seed < 2000; seed++) {
      List<String> statements = new Statements(seed).any(8);
      assertThat(PackedSql.unpack(PackedSql.pack(statements)))
          .as("seed %d", seed)
          .isEqualTo(statements);
    }
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "x'ab', ff01abfdfc",
        "X'AB', fe01abfdfc",
        "x'12', ff0112fdfc",
        "X'12', fe0112fdfc",
        "ax'00ff'b, 61ff0200ff62fdfc",
        "x'ab'x'cd', ff01abff01cdfdfc",
        "xx'ab', 78ff01abfdfc"
      })
  void everyBlobOfWholeBytesAndOneCaseIsPacked(String statement, String packed) throws IOException {
    assertThat(HexFormat.of().formatHex(PackedSql.pack(List.of(statement)))).isEqualTo(packed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x''", "x'a'", "x'AB'", "X'ab'", "x'aB'", "x'ab", "x'a b'", "x", "x'"})
  void whatIsNoSuchBlobStaysText(String statement) throws IOException {
    byte[] packed = PackedSql.pack(List.of(statement));
    assertThat(packed).hasSize(statement.length() + 2);
    assertThat(PackedSql.unpack(packed)).containsExactly(statement);
  }

  @Test
  void noStatementsAndEmptyStatementsAreDifferent() throws IOException {
    assertThat(HexFormat.of().formatHex(PackedSql.pack(List.of()))).isEqualTo("fc");
    assertThat(HexFormat.of().formatHex(PackedSql.pack(List.of("", "")))).isEqualTo("fdfdfc");
    assertThat(PackedSql.unpack(PackedSql.pack(List.of()))).isEmpty();
    assertThat(PackedSql.unpack(PackedSql.pack(List.of("", "")))).containsExactly("", "");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 127, 128, 4095, 4096, 8190, 8191, 8192, 16_383, 16_384, 2_097_152})
  void blobsOfEveryLengthOfVarintComeBack(int bytes) throws IOException {
    Random random = new Random(bytes);
    String statement =
        "UPDATE t SET a = "
            + Statements.blob("x", bytes, random)
            + ", b = "
            + Statements.blob("X", bytes, random);
    byte[] packed = PackedSql.pack(List.of(statement));
    assertThat(packed).hasSizeLessThan(2 * bytes + 40);
    assertThat(PackedSql.unpack(packed)).containsExactly(statement);
  }

  @Test
  void aBlobOfSixMegabytesComesBack() throws IOException {
    String statement = "INSERT " + Statements.blob("X", 6 << 20, new Random(1)) + " INTO t";
    byte[] packed = PackedSql.pack(List.of("a", statement, "b"));
    assertThat(packed).hasSizeLessThan((6 << 20) + 40);
    assertThat(PackedSql.unpack(packed)).containsExactly("a", statement, "b");
  }

  /** The packer's buffer is flushed at 8,192 bytes: whatever it falls on must come back. */
  @Test
  void everythingComesBackAcrossAFlush() throws IOException {
    List<String> pieces = List.of("x'abcd'", "X'ABCD'", "😀", "€", "ä", "'", "x'a'", "");
    for (int before = 8175; before <= 8200; before++) {
      for (String piece : pieces) {
        String statement = "a".repeat(before) + piece + "z";
        assertThat(PackedSql.unpack(PackedSql.pack(List.of(statement, piece))))
            .containsExactly(statement, piece);
      }
    }
  }

  @Test
  void hugeStatementsComeBack() throws IOException {
    String text = "'x''€😀\0 x'AbC' ".repeat(200_000);
    assertThat(PackedSql.unpack(PackedSql.pack(List.of(text)))).containsExactly(text);
  }

  @Test
  void manyEmptyStatementsComeBack() throws IOException {
    List<String> statements = java.util.Collections.nCopies(100_000, "");
    assertThat(PackedSql.unpack(PackedSql.pack(statements))).isEqualTo(statements);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\ud83d", "\ude00", "a\ud83d", "\ud83da", "\ude00\ud83d", "x'\ud83d'", "😀\ud83d"})
  void halfASurrogatePairIsRefused(String statement) {
    assertThatIOException()
        .isThrownBy(() -> PackedSql.pack(List.of(statement)))
        .withMessageContaining("not Unicode");
  }

  @Test
  void nothingOutsideTheGivenPieceOfTheArrayIsLookedAt() throws IOException {
    char[] text = "x'abx'ab'cd'😀".toCharArray();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SqlPacker packer = new SqlPacker(out);
    packer.statement(text, 0, 4);
    packer.statement(text, 4, 5);
    packer.statement(text, 4, 4);
    packer.statement(text, 4, 1);
    packer.end();
    assertThat(PackedSql.unpack(out.toByteArray())).containsExactly("x'ab", "x'ab'", "x'ab", "x");
    assertThatIOException()
        .isThrownBy(
            () -> new SqlPacker(new ByteArrayOutputStream()).statement(text, 0, text.length - 1));
  }
}
