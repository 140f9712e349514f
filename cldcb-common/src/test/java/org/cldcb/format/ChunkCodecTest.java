package org.cldcb.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.cldcb.codec.ByteWriter;
import org.cldcb.codec.FormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkCodecTest {
  private static final int SIZE = 4096;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4095, 4096, 16_384, 65_536, 1 << 20})
  void chunksComeBackWhetherTheyCompressOrNot(int size) throws IOException {
    for (byte[] chunk : new byte[][] {new byte[size], random(size), half(size)}) {
      byte[] plaintext = ChunkCodec.encode(chunk);
      assertThat(Padme.padded(plaintext.length)).isEqualTo(plaintext.length);
      assertThat(decode(plaintext, size)).isEqualTo(chunk);
    }
  }

  @Test
  void whatDoesNotCompressIsStored() {
    assertThat(ChunkCodec.encode(random(SIZE)))
        .hasSize((int) Padme.padded(SIZE + 5))
        .startsWith(0, 0, 0, 0x10, 0);
    assertThat(ChunkCodec.encode(new byte[SIZE])).hasSizeLessThan(50).startsWith(1);
  }

  @Test
  void anotherSizeThanTheManifestSaysIsRefused() {
    for (byte[] chunk : new byte[][] {new byte[SIZE], random(SIZE)}) {
      byte[] plaintext = ChunkCodec.encode(chunk);
      assertRefused(plaintext, SIZE - 1);
      assertRefused(plaintext, SIZE + 1);
      assertRefused(plaintext, 1);
      assertRefused(plaintext, 1 << 20);
    }
  }

  @Test
  void everyTruncationAndEveryByteMoreIsRefused() {
    for (byte[] chunk : new byte[][] {half(SIZE), random(SIZE)}) {
      byte[] plaintext = ChunkCodec.encode(chunk);
      for (int length = 0; length < plaintext.length; length++) {
        assertRefused(Arrays.copyOf(plaintext, length), SIZE);
      }
      assertRefused(Arrays.copyOf(plaintext, plaintext.length + 1), SIZE);
      assertRefused(Arrays.copyOf(plaintext, (int) Padme.padded(plaintext.length + 1)), SIZE);
    }
  }

  @Test
  void everyFlippedBitIsRefusedOrGivesAChunkOfTheSameSize() {
    byte[] plaintext = ChunkCodec.encode(half(SIZE));
    for (int bit = 0; bit < 8 * plaintext.length; bit++) {
      byte[] changed = plaintext.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      try {
        assertThat(decode(changed, SIZE)).hasSize(SIZE);
      } catch (IOException e) {
        assertThat(e).isInstanceOf(FormatException.class);
      }
    }
  }

  @Test
  void aPaddingThatIsNotZeroIsRefused() {
    byte[] plaintext = ChunkCodec.encode(random(SIZE));
    plaintext[plaintext.length - 1] = 1;
    assertRefused(plaintext, SIZE);
  }

  @Test
  void unknownCodecsAreRefused() {
    byte[] plaintext = ChunkCodec.encode(random(SIZE));
    for (int codec = 2; codec < 256; codec++) {
      plaintext[0] = (byte) codec;
      assertRefused(plaintext, SIZE);
    }
  }

  @Test
  void lengthsBeyondAnythingAreRefusedBeforeAnyMemoryIsTaken() {
    for (String codec : new String[] {"00", "01"}) {
      byte[] plaintext = java.util.HexFormat.of().parseHex(codec + "ffffffff0000");
      assertRefused(plaintext, 1 << 20);
    }
  }

  @Test
  void aStreamThatInflatesBeyondTheChunkIsNotInflatedFurther() throws IOException {
    byte[] bomb = deflated(new byte[1 << 20], 200);
    assertThat(bomb.length).isLessThan(1 << 20);
    long before = System.nanoTime();
    assertRefused(plaintext(1, bomb), 1 << 20);
    assertThat(System.nanoTime() - before).isLessThan(2_000_000_000L);
  }

  @Test
  void aStreamWithSomethingBehindItIsRefused() throws IOException {
    byte[] deflated = deflated(half(SIZE), 1);
    assertThat(decode(plaintext(1, deflated), SIZE)).isEqualTo(half(SIZE));
    assertRefused(plaintext(1, Arrays.copyOf(deflated, deflated.length + 1)), SIZE);
    assertRefused(plaintext(1, Arrays.copyOf(deflated, deflated.length - 1)), SIZE);
  }

  @Test
  void theIdDependsOnKeyAndEveryByte() {
    byte[] chunk = half(SIZE);
    byte[] other = chunk.clone();
    other[SIZE - 1] ^= 1;
    assertThat(ChunkCodec.id(ExampleKeys.bytes(1), chunk))
        .isEqualTo(ChunkCodec.id(ExampleKeys.bytes(1), chunk.clone()))
        .isNotEqualTo(ChunkCodec.id(ExampleKeys.bytes(2), chunk))
        .isNotEqualTo(ChunkCodec.id(ExampleKeys.bytes(1), other));
  }

  private static byte[] deflated(byte[] piece, int times) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
    try (DeflaterOutputStream compressed = new DeflaterOutputStream(out, deflater)) {
      for (int i = 0; i < times; i++) {
        compressed.write(piece);
      }
    }
    deflater.end();
    return out.toByteArray();
  }

  private static byte[] plaintext(int codec, byte[] data) {
    byte[] bytes = new ByteWriter().u8(codec).u32(data.length).bytes(data).toBytes();
    return Arrays.copyOf(bytes, (int) Padme.padded(bytes.length));
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  /** Half of it compresses. */
  private static byte[] half(int size) {
    return Arrays.copyOf(random((size + 1) / 2), size);
  }

  private static byte[] decode(byte[] plaintext, int size) throws IOException {
    return ChunkCodec.decode(new ByteArrayInputStream(plaintext), size);
  }

  private static void assertRefused(byte[] plaintext, int size) {
    assertThatThrownBy(() -> decode(plaintext, size)).isInstanceOf(FormatException.class);
  }
}
