package org.cldcb.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ByteLayoutTest {

  @Test
  void integersAreBigEndian() {
    byte[] bytes =
        new ByteWriter().u8(0x01).u16(0x0203).u32(0x04050607L).u64(0x08090a0b0c0d0e0fL).toBytes();
    assertThat(bytes).asHexString().isEqualToIgnoringCase("0102030405060708090a0b0c0d0e0f");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 0x7f, 0x80, 0xff, 0x8000_0000L, 0xffff_ffffL, (1L << 62) - 1})
  void integersReadBackWhateverTheirHighBits(long value) throws FormatException {
    byte[] bytes =
        new ByteWriter().u8((int) value).u16((int) value).u32(value).u64(value).toBytes();
    ByteReader in = new ByteReader(bytes);
    assertThat(in.u8()).isEqualTo((int) (value & 0xff));
    assertThat(in.u16()).isEqualTo((int) (value & 0xffff));
    assertThat(in.u32()).isEqualTo(value & 0xffff_ffffL);
    assertThat(in.u64()).isEqualTo(value);
    in.end();
  }

  @Test
  void integersOf2To63AndMoreAreRefused() {
    assertRefused(() -> reader("4000000000000000").u64(), "2^62");
    assertRefused(() -> reader("ffffffffffffffff").u64(), "2^62");
    assertThatIllegalArgumentException().isThrownBy(() -> new ByteWriter().u64(-1));
  }

  @Test
  void everyReadPastTheEndIsRefused() {
    assertRefused(() -> reader("").u8(), "1 bytes early");
    assertRefused(() -> reader("01").u16(), "early");
    assertRefused(() -> reader("010203").u32(), "early");
    assertRefused(() -> reader("01020304050607").u64(), "early");
    assertRefused(() -> reader("0102").bytes(3), "1 bytes early");
    assertRefused(() -> reader("00".repeat(31)).hash(), "1 bytes early");
    assertRefused(() -> reader("61").utf8(2), "1 bytes early");
    assertRefused(() -> reader("").bytes(Integer.MAX_VALUE), "early");
    assertRefused(() -> reader("00").bytes(-1), "early");
  }

  @Test
  void aRefusedReadTakesNothing() throws FormatException {
    ByteReader in = reader("0102");
    assertRefused(() -> in.bytes(3), "early");
    assertThat(in.remaining()).isEqualTo(2);
    assertThat(in.rest()).containsExactly(1, 2);
  }

  @Test
  void bytesLeftOverAreRefused() throws FormatException {
    ByteReader in = reader("010203");
    in.u8();
    assertRefused(in::end, "2 bytes left over");
    in.rest();
    in.end();
  }

  @Test
  void boundedByteNamesWhatIsOutOfRange() throws FormatException {
    assertThat(reader("02").u8(2, "mode")).isEqualTo(2);
    assertRefused(() -> reader("03").u8(2, "mode"), "mode is 3, at most 2 is known");
    assertRefused(() -> reader("ff").u8(2, "mode"), "mode is 255");
  }

  @Test
  void textIsStrictUtf8() throws FormatException {
    byte[] text = "ä€😀\0".getBytes(StandardCharsets.UTF_8);
    assertThat(new ByteReader(text).utf8(text.length)).isEqualTo("ä€😀\0");
    assertRefused(() -> reader("c3").utf8(1), "not UTF-8");
    assertRefused(() -> reader("c0af").utf8(2), "not UTF-8");
    assertRefused(() -> reader("eda080").utf8(3), "not UTF-8");
    assertRefused(() -> reader("f4908080").utf8(4), "not UTF-8");
    assertRefused(() -> reader("ff").utf8(1), "not UTF-8");
  }

  @Test
  void whatIsReadIsACopy() throws FormatException {
    byte[] bytes = {1, 2, 3};
    byte[] read = new ByteReader(bytes).bytes(3);
    read[0] = 9;
    assertThat(bytes).containsExactly(1, 2, 3);
  }

  @Test
  void writerGrowsFromAnyCapacity() {
    byte[] piece = "0123456789".repeat(1000).getBytes(StandardCharsets.US_ASCII);
    ByteWriter out = new ByteWriter(0);
    for (int i = 0; i < 100; i++) {
      out.u8(i).bytes(piece).bytes(piece, 5, 3);
    }
    assertThat(out.length()).isEqualTo(100 * (1 + piece.length + 3));
    assertThat(out.toBytes()).hasSize(out.length()).startsWith(0, '0', '1').endsWith('5', '6', '7');
  }

  private static ByteReader reader(String hex) {
    return new ByteReader(HexFormat.of().parseHex(hex));
  }

  private static void assertRefused(ThrowingCallable read, String message) {
    assertThatThrownBy(read).isInstanceOf(FormatException.class).hasMessageContaining(message);
  }
}
