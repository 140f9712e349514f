package org.cldcb.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.cldcb.codec.FormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LzTest {
  private static final byte[] DICTIONARY = "abcdefgh".getBytes(StandardCharsets.US_ASCII);

  @ParameterizedTest
  @CsvSource({
    "2061, a",
    "0107, abcd",
    "257808, xabcdefgh",
    "2178083179, xabcdyfghx",
    "227800, xxxxxx",
    "2f780003, xxxxxxxxxxxxxxxxxxxxxx",
    "e0016162636465666768, abcdefgh",
    "20612062, ab"
  })
  void sequencesAreReadAsFormatSays(String compressed, String data) throws IOException {
    assertThat(new String(read(compressed, data.length()), StandardCharsets.US_ASCII))
        .isEqualTo(data);
    assertThatThrownBy(() -> read(compressed, data.length() + 1))
        .isInstanceOf(FormatException.class);
  }

  @Test
  void anythingComesBack() throws IOException {
    Random random = new Random(3);
    for (int i = 0; i < 3000; i++) {
      byte[] data = new byte[1 + random.nextInt(i % 100 == 0 ? 200_000 : 300)];
      for (int at = 0; at < data.length; at++) {
        data[at] = (byte) (i % 3 == 0 ? random.nextInt() : random.nextInt(3) + 'a');
      }
      assertThat(PackedSql.decompress(PackedSql.compress(data))).isEqualTo(data);
    }
  }

  @Test
  void blocksOfEveryLengthComeBack() throws IOException {
    for (int around : new int[] {Lz.BLOCK, 2 * Lz.BLOCK}) {
      for (int size = around - 3; size <= around + 3; size++) {
        byte[] same = new byte[size];
        assertThat(PackedSql.decompress(PackedSql.compress(same))).isEqualTo(same);
        byte[] random = new byte[size];
        new Random(size).nextBytes(random);
        assertThat(PackedSql.decompress(PackedSql.compress(random))).isEqualTo(random);
      }
    }
  }

  @Test
  void whatCannotBeCompressedHardlyGrows() throws IOException {
    byte[] random = new byte[1_000_000];
    new Random(1).nextBytes(random);
    assertThat(PackedSql.compress(random)).hasSizeLessThan(1_000_000 + 1000);
  }

  @ParameterizedTest
  @CsvSource({
    "00, empty sequence",
    "10, match of what isn't there",
    "1100, match of what isn't there",
    "0108, match of what isn't there",
    "30610000, match of what isn't there",
    "01ffffff7f, varint of more than 3 bytes",
    "0f00ffff7f, sequence beyond its block",
    "e0ffff7f, sequence beyond its block",
    "01, record ends early",
    "6061, record ends early"
  })
  void whatIsMalformedIsRefused(String compressed, String reason) {
    assertThatThrownBy(() -> read(compressed, 1 << 20))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void anyBytesAreReadOrRefused() {
    Random random = new Random(5);
    for (int i = 0; i < 20_000; i++) {
      byte[] compressed = new byte[random.nextInt(40)];
      random.nextBytes(compressed);
      assertThatThrownBy(() -> read(HexFormat.of().formatHex(compressed), 1 << 20))
          .isInstanceOf(FormatException.class);
    }
  }

  private static byte[] read(String compressed, int count) throws IOException {
    LzReader in =
        new LzReader(DICTIONARY, new ByteArrayInputStream(HexFormat.of().parseHex(compressed)));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < count; i++) {
      out.write(in.read());
    }
    return Arrays.copyOf(out.toByteArray(), count);
  }
}
