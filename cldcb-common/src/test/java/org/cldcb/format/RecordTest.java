package org.cldcb.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.cldcb.codec.FormatException;
import org.cldcb.io.Spool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordTest {
  private static final int HEADER = 10;
  private static final List<String> SOME =
      List.of(
          "BEGIN TRANSACTION;",
          "UPDATE vars SET intval=8 WHERE name='data_version' AND intval=7",
          "INSERT INTO t VALUES (1, x'" + "0badc0de".repeat(20) + "', 'ä€😀');");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {0, 1000, 1 << 22})
  void anyStatementsComeBackFromMemoryAndFromDisk(int spoolLimit) throws IOException {
    for (int seed = 0; seed < 100; seed++) {
      List<String> statements = new Statements(seed).any(8);
      try (Spool spool = new Spool(folder, spoolLimit)) {
        write(spool, 1_700_000_000L + seed, seed % 2 == 0, statements);
        try (RecordReader reader = new RecordReader(spool.read())) {
          assertThat(reader.unixTime()).isEqualTo(1_700_000_000L + seed);
          assertThat(reader.firstWrite()).isEqualTo(seed % 2 == 0);
          assertThat(rest(reader)).as("seed %d", seed).isEqualTo(statements);
        }
      }
    }
  }

  @Test
  void aRecordOfSixMegabytesComesBackFromDisk() throws IOException {
    String large = "INSERT " + Statements.blob("x", 6 << 20, new Random(1)) + ";";
    try (Spool spool = new Spool(folder, 1 << 20)) {
      write(spool, 1, false, List.of("a", large, "b"));
      assertThat(spool.size()).isLessThan(7 << 20);
      assertThat(read(spool.read().readAllBytes())).containsExactly("a", large, "b");
    }
  }

  @Test
  void theLengthIsPadded() throws IOException {
    for (int seed = 0; seed < 100; seed++) {
      byte[] plaintext = plaintext(new Statements(seed).any(5));
      assertThat(Padme.padded(plaintext.length)).isEqualTo(plaintext.length);
    }
  }

  @Test
  void everyTruncationIsRefused() throws IOException {
    for (List<String> statements : List.of(SOME, List.<String>of(), List.of("", "x'00'"))) {
      byte[] plaintext = plaintext(statements);
      for (int length = 0; length < plaintext.length; length++) {
        assertRefused(Arrays.copyOf(plaintext, length));
      }
    }
  }

  @Test
  void aLongerPaddingIsRefused() throws IOException {
    byte[] plaintext = plaintext(SOME);
    assertRefused(Arrays.copyOf(plaintext, plaintext.length + 1));
    int next = (int) Padme.padded(plaintext.length + 1);
    assertRefused(Arrays.copyOf(plaintext, next));
  }

  @Test
  void aPaddingThatIsNotZeroIsRefusedWhereverItIsNot() throws IOException {
    byte[] plaintext = plaintext(withPadding());
    int padding = paddingOf(plaintext);
    assertThat(padding).isGreaterThan(2);
    for (int i = plaintext.length - padding; i < plaintext.length; i++) {
      byte[] changed = plaintext.clone();
      changed[i] = 1;
      assertRefused(changed);
    }
  }

  /**
   * What holds of a plaintext alone, which has no checksum: a changed one is refused or read as
   * something, and never more than an exception. That it was changed at all is for the envelope to
   * say, whose tag covers every bit.
   */
  @Test
  void everyFlippedBitIsRefusedOrReadAsSomethingElse() throws IOException {
    byte[] plaintext = plaintext(SOME);
    for (int bit = 0; bit < 8 * plaintext.length; bit++) {
      byte[] changed = plaintext.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      try {
        read(changed);
      } catch (IOException e) {
        assertThat(e).isInstanceOf(FormatException.class);
      }
    }
  }

  @Test
  void reservedBitsOfTheHeaderAreRefused() throws IOException {
    byte[] plaintext = plaintext(SOME);
    assertRefused(with(plaintext, 0, 0x80));
    for (int flags = 2; flags < 256; flags++) {
      assertRefused(with(plaintext, 8, flags));
    }
    for (int codec = 0; codec < 256; codec++) {
      if (codec != 1) {
        assertRefused(with(plaintext, 9, codec));
      }
    }
  }

  @Test
  void anotherCodecIsRefusedByItsNumber() {
    assertThatThrownBy(() -> read(with(plaintext(SOME), 9, 2)))
        .isInstanceOf(FormatException.class)
        .hasMessage("record of codec 2; this cldcb knows codec 1");
  }

  @Test
  void statementsPackedWithoutAnEndAreRefused() throws IOException {
    byte[] packed = PackedSql.pack(SOME);
    assertRefused(record(Arrays.copyOf(packed, packed.length - 1)));
    assertRefused(record(Arrays.copyOf(packed, packed.length + 1)));
  }

  @Test
  void everyStatementIsGivenOutBeforeTheEndIsKnown() throws IOException {
    byte[] plaintext = with(plaintext(withPadding()), -1, 1);
    try (RecordReader reader = new RecordReader(new ByteArrayInputStream(plaintext))) {
      for (String statement : withPadding()) {
        assertThat(reader.nextStatement()).isEqualTo(statement);
      }
      assertThatThrownBy(reader::nextStatement).isInstanceOf(FormatException.class);
    }
  }

  private static byte[] record(byte[] packed) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {0, 0, 0, 0, 0, 0, 0, 1, 0, 1});
    out.writeBytes(PackedSql.compress(packed));
    return Arrays.copyOf(out.toByteArray(), (int) Padme.padded(out.size()));
  }

  /** Statements whose record comes out with some bytes of padding. */
  private static List<String> withPadding() throws IOException {
    for (int seed = 0; ; seed++) {
      List<String> statements = new Statements(seed).any(3);
      if (paddingOf(plaintext(statements)) > 2) {
        return statements;
      }
    }
  }

  private static int paddingOf(byte[] plaintext) throws IOException {
    return plaintext.length - HEADER - PackedSql.compress(PackedSql.pack(read(plaintext))).length;
  }

  private static byte[] with(byte[] plaintext, int index, int value) {
    byte[] changed = plaintext.clone();
    changed[Math.floorMod(index, changed.length)] = (byte) value;
    return changed;
  }

  private static void assertRefused(byte[] plaintext) {
    assertThatThrownBy(() -> read(plaintext)).isInstanceOf(FormatException.class);
  }

  private static byte[] plaintext(List<String> statements) throws IOException {
    try (Spool spool = new Spool(Path.of(""), Integer.MAX_VALUE)) {
      write(spool, 1_700_000_000L, false, statements);
      return spool.read().readAllBytes();
    }
  }

  private static void write(Spool spool, long time, boolean first, List<String> statements)
      throws IOException {
    RecordWriter writer = new RecordWriter(spool);
    writer.begin(time, first);
    for (String statement : statements) {
      writer.statement(statement.toCharArray(), 0, statement.length());
    }
    writer.finish();
  }

  private static List<String> read(byte[] plaintext) throws IOException {
    try (RecordReader reader = new RecordReader(new ByteArrayInputStream(plaintext))) {
      return rest(reader);
    }
  }

  private static List<String> rest(RecordReader reader) throws IOException {
    List<String> statements = new ArrayList<>();
    for (String next = reader.nextStatement(); next != null; next = reader.nextStatement()) {
      statements.add(next);
    }
    return statements;
  }
}
