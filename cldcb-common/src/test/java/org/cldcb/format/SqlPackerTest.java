package org.cldcb.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
        "x'00ff', 01fffe800200ff00",
        "a x'' b, 016120ff2062fe800000",
        "'', 01fffea0fe00",
        "'é', 01fffea0c3a9fe00",
        "0, 01fffe400000",
        "300, 01fffe40ac0200",
        "-5, 01fffe600500",
        "9223372036854775807, 01fffe40ffffffffffffffff7f00",
        "NULL, 01fffe0000",
        "(NULL;NULL;7), 0128ff3bff3bff29fe420700",
        "(7;NULL;NULL), 0128ff3bff3bff29fe40070000",
        "1.5, 01fffec0312e35fe00",
        "'a''b', 01fffffea061fea062fe00"
      })
  void everyKindOfLiteralIsTakenOut(String statement, String packed) throws IOException {
    assertThat(HexFormat.of().formatHex(PackedSql.pack(List.of(statement)))).isEqualTo(packed);
    assertThat(PackedSql.unpack(PackedSql.pack(List.of(statement)))).containsExactly(statement);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "007",
        "-0",
        "00",
        "9223372036854775808",
        "99999999999999999999",
        "1e5",
        "0x10",
        "1_000",
        "-1.25",
        "1..2",
        "5a"
      })
  void whatIsNoPlainNumberKeepsItsText(String statement) throws IOException {
    String packed = HexFormat.of().formatHex(PackedSql.pack(List.of(statement)));
    String text = HexFormat.of().formatHex(statement.getBytes(StandardCharsets.US_ASCII));
    assertThat(packed).isEqualTo("01fffec0" + text + "fe00");
    assertThat(PackedSql.unpack(PackedSql.pack(List.of(statement)))).containsExactly(statement);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x'ab", "'", "x", "x'", "NUL", "NULLS", "a1", "_NULL", "-", "--", "t2.c"})
  void whatIsNoLiteralIsSkeleton(String statement) throws IOException {
    byte[] packed = PackedSql.pack(List.of(statement));
    assertThat(packed).hasSize(statement.length() + 3);
    assertThat(PackedSql.unpack(packed)).containsExactly(statement);
  }

  @Test
  void everyShapeIsFoundByItsNumber() throws IOException {
    List<Shape> shapes = Dictionary.one().shapes();
    assertThat(shapes).hasSizeGreaterThan(50).hasSizeLessThan(126);
    for (int i = 0; i < shapes.size(); i++) {
      String statement = usual(shapes.get(i).skeleton());
      byte[] packed = PackedSql.pack(List.of(statement));
      assertThat(packed).hasSizeBetween(2, 3).startsWith(i + 2);
      assertThat(PackedSql.unpack(packed)).containsExactly(statement);
      assertThat(PackedSql.pack(List.of(statement + " "))).startsWith(1);
    }
  }

  @Test
  void longRunsOfUsualLiteralsAreSkipped() throws IOException {
    for (int before = 25; before < 100; before++) {
      String statement = "NULL,".repeat(before) + "1";
      assertThat(PackedSql.unpack(PackedSql.pack(List.of(statement)))).containsExactly(statement);
    }
  }

  @Test
  void moreLiteralsThanAllowedAreLeftInTheSkeleton() throws IOException {
    for (int count : new int[] {1023, 1024, 1025, 5000}) {
      String statement = "'a',1,x'00',NULL,".repeat(count / 4) + "2,".repeat(count % 4) + "3";
      assertThat(PackedSql.unpack(PackedSql.pack(List.of(statement)))).containsExactly(statement);
    }
  }

  private static String usual(Skeleton skeleton) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < skeleton.literals(); i++) {
      out.writeBytes(skeleton.piece(i));
      out.writeBytes(skeleton.usual(i));
    }
    out.writeBytes(skeleton.piece(skeleton.literals()));
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void noStatementsAndEmptyStatementsAreDifferent() throws IOException {
    assertThat(HexFormat.of().formatHex(PackedSql.pack(List.of()))).isEqualTo("00");
    assertThat(HexFormat.of().formatHex(PackedSql.pack(List.of("", "")))).isEqualTo("01fe01fe00");
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
            + Statements.blob("x", bytes, random);
    byte[] packed = PackedSql.pack(List.of(statement));
    assertThat(packed).hasSizeLessThan(2 * bytes + 40);
    assertThat(PackedSql.unpack(packed)).containsExactly(statement);
  }

  @Test
  void aBlobOfSixMegabytesComesBack() throws IOException {
    String statement = "INSERT " + Statements.blob("x", 6 << 20, new Random(1)) + " INTO t";
    byte[] packed = PackedSql.pack(List.of("a", statement, "b"));
    assertThat(packed).hasSizeLessThan((6 << 20) + 40);
    assertThat(PackedSql.unpack(packed)).containsExactly("a", statement, "b");
  }

  /** A block ends at 32,768 bytes: whatever it falls on must come back. */
  @Test
  void everythingComesBackAcrossABlock() throws IOException {
    List<String> pieces = List.of("x'abcd'", "X'ABCD'", "😀", "€", "ä", "'", "x'a'", "");
    for (int before = 32_745; before <= 32_770; before++) {
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
    SqlPacker packer = new SqlPacker(Dictionary.one(), new LzWriter(Dictionary.one().index(), out));
    packer.statement(text, 0, 4);
    packer.statement(text, 4, 5);
    packer.statement(text, 4, 4);
    packer.statement(text, 4, 1);
    packer.end();
    assertThat(PackedSql.unpack(PackedSql.decompress(out.toByteArray())))
        .containsExactly("x'ab", "x'ab'", "x'ab", "x");
    assertThatIOException()
        .isThrownBy(() -> PackedSql.pack(List.of(new String(text, 0, text.length - 1))));
  }
}
