package org.cldcb.client.recover.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShapeScannerTest {
  private final ShapeScanner scanner = scanner();

  private static ShapeScanner scanner(String... indexes) {
    return Objects.requireNonNull(ShapeScanner.of(List.of(indexes)));
  }

  /** The shape and its values, as one line. */
  private static String shape(ShapeScanner scanner, String statement) {
    return scanner.scan(statement)
        ? scanner.text()
            + scanner.values().stream()
                .map(v -> v instanceof byte[] blob ? "x" + HexFormat.of().formatHex(blob) : v)
                .toList()
                .toString()
        : "none";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "UPDATE t SET a=25, b = 'x' WHERE c=x'00fF';|UPDATE t SET a=?, b = ? WHERE c=?[25, x,"
            + " x00ff]",
        "INSERT INTO t VALUES(2,X'00', 'é€😀');|INSERT INTO t VALUES(?,?, ?)[2, x00, é€😀]",
        "insert into t values (2)  ; |insert into t values (?)  [2]",
        "DELETE FROM t WHERE a<5|DELETE FROM t WHERE a<?[5]",
        "REPLACE INTO t VALUES (5, NULL)|REPLACE INTO t VALUES (?, NULL)[5]",
        "UPDATE t SET a = a + 5|UPDATE t SET a = a + ?[5]",
        "UPDATE t SET a = COALESCE(a, 5)|UPDATE t SET a = COALESCE(a, ?)[5]",
        "INSERT OR IGNORE INTO t VALUES ( 5 )|INSERT OR IGNORE INTO t VALUES ( ? )[5]",
        "UPDATE t SET a=007|UPDATE t SET a=?[7]",
        "UPDATE t SET a=-5|UPDATE t SET a=?[-5]",
        "UPDATE t SET a=9223372036854775807|UPDATE t SET a=?[9223372036854775807]",
        "UPDATE t SET a=-9223372036854775807|UPDATE t SET a=?[-9223372036854775807]",
        "UPDATE t SET a='a;b--c/*d?e'|UPDATE t SET a=?[a;b--c/*d?e]",
        "UPDATE x SET x='x', y=5|UPDATE x SET x=?, y=?[x, 5]",
        "UPDATE t1 SET proposal_1=5|UPDATE t1 SET proposal_1=?[5]",
        "UPDATE t SET a=b|UPDATE t SET a=b[]",
      })
  void takesValuesOut(String statement, String shape) {
    assertThat(shape(scanner, statement)).isEqualTo(shape);
  }

  /** 0, 1 and -1, what isn't a value of its own, and what stands where another thing might. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE t SET a=0, b=1, c=-1, d=NULL, e=TRUE",
        "UPDATE t SET a='', b=x'', c='it''s', d='''', e='a\0b'",
        "UPDATE t SET a=9223372036854775808, b=-9223372036854775808, c=99999999999999999999",
        "UPDATE t SET a=x'0', b=x'0g', c=x'é0'",
        "UPDATE t SET a=a-5, b=a - 5, c=a>5, d=a*5, e=a->5, f=- 5",
        "UPDATE t SET a=NOT 5 WHERE 5 AND a IS 5",
        "INSERT INTO 't' VALUES (NULL)",
      })
  void leavesTheRestInTheText(String statement) {
    assertThat(shape(scanner, statement)).isEqualTo(statement + "[]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE t (a DEFAULT 5)",
        "PRAGMA user_version=5",
        "SELECT 5",
        "WITH x AS (VALUES (5)) DELETE FROM t",
        " UPDATE t SET a=5",
        "\ufeffUPDATE t SET a=5",
        "UPDATEt SET a=5",
        "UPDATE t SET a=5; DROP TABLE t",
        "UPDATE t SET a=5;;",
        "UPDATE t SET a=5 -- why",
        "UPDATE t SET a=/* why */5",
        "UPDATE t SET a=5.0",
        "UPDATE t SET a=5e3",
        "UPDATE t SET a=.5",
        "UPDATE t SET a=0x10",
        "UPDATE t SET a=1_000",
        "UPDATE t SET a=5é",
        "UPDATE t SET é=5",
        "UPDATE t SET a='open",
        "UPDATE t SET a=x'00",
        "UPDATE t SET a='open''",
        "UPDATE t SET \"a\"=5",
        "UPDATE t SET [a]=5",
        "UPDATE t SET `a`=5",
        "UPDATE t SET a=?, b=5",
        "UPDATE t SET a=:b, c=5",
        "UPDATE t SET a=@b, c=5",
        "UPDATE t SET a=$b, c=5",
        "UPDATE t SET a=5\0",
        "UPDATE t SET a=5 WHERE b=5 ORDER BY 1, 2 LIMIT 3",
        "UPDATE t SET a=5 LIMIT 3",
        "UPDATE t SET a=5 RETURNING b, 5",
        "UPDATE t SET a=5 FROM u WHERE u.a=5",
        "UPDATE t INDEXED BY i SET a=5",
        "UPDATE t SET a=5 WHERE b in (5, 6)",
        "UPDATE t SET a=5 WHERE b LIKE 'c'",
        "UPDATE t SET a=5 WHERE b COLLATE nocase = 'c'",
        "UPDATE t SET a=Cast('5' AS NUMERIC(5,6))",
        "INSERT INTO t SELECT a FROM u WHERE a=5",
        "INSERT INTO t VALUES (5) ON CONFLICT (a) DO NOTHING",
      })
  void leavesWhatIsntPlainAlone(String statement) {
    assertThat(shape(scanner, statement)).isEqualTo("none");
  }

  @Test
  void leavesLargeStatementsAlone() {
    String large = "UPDATE t SET a='" + "a".repeat(1 << 16) + "'";
    assertThat(shape(scanner, large)).isEqualTo("none");
    String many = "INSERT INTO t VALUES (5" + ",5".repeat(1000) + ")";
    assertThat(shape(scanner, many)).isEqualTo("none");
  }

  @Test
  void leavesLiteralsOfIndexesInTheText() {
    ShapeScanner scanner =
        scanner(
            "CREATE INDEX i ON t(a) WHERE b NOT IN (9, -19) AND c <> 'd'",
            "CREATE INDEX j ON t(substr(a, 2))");
    String statement = "UPDATE t SET a=9, b=09, c=-9, d=19, e='d', f=2";
    assertThat(shape(scanner, statement)).isEqualTo(statement + "[]");
    assertThat(shape(scanner, "UPDATE t SET a='9', b='D', c=x'09'"))
        .isEqualTo("UPDATE t SET a=?, b=?, c=?[9, D, x09]");
    assertThat(shape(scanner("CREATE INDEX i ON t(a) WHERE b <> x'00'"), "UPDATE t SET a=x'01'"))
        .isEqualTo("UPDATE t SET a=x'01'[]");
  }

  @Test
  void doesntGuessWhatLiteralsAnIndexHas() {
    assertThat(ShapeScanner.of(List.of("CREATE INDEX i ON t(a) WHERE \"b\" = 5"))).isNull();
  }

  @Test
  void tellsTextsApart() {
    ShapeText one = text("UPDATE t SET a=5, b=6");
    assertThat(text("UPDATE t SET a=7, b=8")).isEqualTo(one).hasSameHashCodeAs(one);
    assertThat(text("UPDATE t SET c=7, b=8")).isNotEqualTo(one);
    assertThat(text("UPDATE t SET a=7, b=8 ")).isNotEqualTo(one);
  }

  private ShapeText text(String statement) {
    assertThat(scanner.scan(statement)).isTrue();
    return scanner.text().copy();
  }
}
