package org.cldcb.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.cldcb.codec.ByteWriter;
import org.cldcb.codec.FormatException;
import org.cldcb.codec.Hash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTest {
  private static final Hash ROOT = Hash.of(ExampleKeys.bytes(0xcc));
  private static final List<String> FINDINGS =
      List.of("", "row 3 missing from index \"i\"", "ä€😀");

  @Test
  void everythingComesBack() throws IOException {
    Manifest manifest =
        manifest(ExampleKeys.CHAIN_ID, 4 * 16_384L - 1, 16_384, FINDINGS, chunks(4));
    Manifest read = decode(Manifests.encode(manifest));
    assertThat(read)
        .usingRecursiveComparison()
        .withEqualsForType(ChunkList::equals, ChunkList.class)
        .isEqualTo(manifest);
    assertThat(read.chunks().id(2)).isEqualTo(hash(2));
    assertThat(read.chunks().digest(3)).isEqualTo(hash(103));
    assertThat(read.chunkLength(0)).isEqualTo(16_384);
    assertThat(read.chunkLength(3)).isEqualTo(16_383);
    assertThat(Padme.padded(Manifests.encode(manifest).length))
        .isEqualTo(Manifests.encode(manifest).length);
  }

  @Test
  void aBaseWithoutDatabaseHasNoChunks() throws IOException {
    Manifest read = decode(Manifests.encode(manifest(Hash.ZERO, 0, 4096, List.of(), chunks(0))));
    assertThat(read.facts().fileSize()).isZero();
    assertThat(read.chunks().size()).isZero();
    assertThat(read.facts().startsChain()).isFalse();
  }

  @Test
  void theLargestFindingsAreTaken() throws IOException {
    List<String> findings = Collections.nCopies(100, "ä".repeat(500));
    Manifest manifest = manifest(Hash.ZERO, 4096, 4096, findings, chunks(1));
    assertThat(decode(Manifests.encode(manifest)).facts().findings()).isEqualTo(findings);
  }

  @Test
  void everyTruncationAndEveryByteMoreIsRefused() {
    byte[] plaintext =
        Manifests.encode(manifest(ExampleKeys.CHAIN_ID, 16_384, 16_384, FINDINGS, chunks(1)));
    for (int length = 0; length < plaintext.length; length++) {
      assertRefused(Arrays.copyOf(plaintext, length));
    }
    assertRefused(Arrays.copyOf(plaintext, plaintext.length + 1));
    assertRefused(Arrays.copyOf(plaintext, (int) Padme.padded(plaintext.length + 1)));
  }

  @Test
  void whateverReadsIsWrittenBackToTheSameBytes() {
    byte[] plaintext =
        Manifests.encode(manifest(ExampleKeys.CHAIN_ID, 16_384, 16_384, FINDINGS, chunks(1)));
    for (int bit = 0; bit < 8 * plaintext.length; bit++) {
      byte[] changed = plaintext.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      try {
        assertThat(Manifests.encode(decode(changed))).isEqualTo(changed);
      } catch (IOException e) {
        assertThat(e).isInstanceOf(FormatException.class);
      }
    }
  }

  @Test
  void anotherFormIsRefusedByItsNumber() {
    for (int form : new int[] {0, 2, 3, 255}) {
      assertRefused(new Raw().form(form), "manifest of form " + form);
    }
  }

  @Test
  void unknownFlagsAreRefused() {
    for (int flags = 4; flags < 256; flags++) {
      assertRefused(new Raw().flags(flags), "manifest flags is " + flags);
    }
  }

  @Test
  void flagAndChainIdMustGoTogether() {
    assertRefused(new Raw().flags(1).chainId(Hash.ZERO), "do not go together");
    assertRefused(new Raw().flags(0).chainId(ExampleKeys.CHAIN_ID), "do not go together");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2048, 4095, 4097, 12_288, 2_097_152, 0x8000_0000L, 0xffff_ffffL})
  void chunkSizesOutOfRangeAreRefused(long size) {
    assertRefused(new Raw().chunkSize(size), "chunk size " + size);
  }

  @Test
  void tooManyOrTooLongFindingsAreRefused() {
    assertRefused(new Raw().findings(Collections.nCopies(101, "")), "101 findings");
    assertRefused(new Raw().findings(List.of("a".repeat(1001))), "finding of 1001 bytes");
  }

  @Test
  void findingsThatAreNotTextAreRefused() {
    byte[] plaintext = new Raw().findings(List.of("abc")).encode();
    plaintext[1 + 8 + 1 + 32 + 32 + 8 + 2 + 2] = (byte) 0xff;
    assertRefused(plaintext);
  }

  @Test
  void theNumberOfChunksMustBeThatOfTheFile() {
    assertRefused(new Raw().fileSize(8192).count(1), "1 chunks for a file of 8192 bytes");
    assertRefused(new Raw().fileSize(8193).count(2), "2 chunks");
    assertRefused(new Raw().fileSize(4096).count(2), "2 chunks");
    assertRefused(new Raw().fileSize(0).count(1), "1 chunks");
    assertRefused(new Raw().fileSize(1).count(0), "0 chunks");
    assertRefused(new Raw().fileSize((1L << 36) - 1).count(1), "1 chunks");
    assertRefused(new Raw().fileSize((1L << 36) + 1).count(1), "a file of");
  }

  @Test
  void moreChunksThanTheLimitAreRefusedBeforeAnyMemoryIsTaken() {
    long tooMany = (1L << 22) + 1;
    assertRefused(
        new Raw().fileSize(tooMany * 4096).count(tooMany), tooMany + " chunks for a file");
    assertRefused(new Raw().fileSize((1L << 22) * 4096).count(1L << 22), "early");
  }

  @Test
  void noWriterMakesWhatNoReaderTakes() {
    for (Manifest bad :
        List.of(
            manifest(Hash.ZERO, 8192, 4096, List.of(), chunks(1)),
            manifest(Hash.ZERO, 1, 4095, List.of(), chunks(1)),
            manifest(Hash.ZERO, 1, 1 << 21, List.of(), chunks(1)),
            manifest(Hash.ZERO, 1, 4096, Collections.nCopies(101, ""), chunks(1)),
            manifest(Hash.ZERO, 1, 4096, List.of("a".repeat(1001)), chunks(1)))) {
      assertThatIllegalArgumentException().isThrownBy(() -> Manifests.encode(bad));
    }
  }

  @Test
  void tellsNobodyTheKey() {
    Manifest manifest = manifest(ExampleKeys.CHAIN_ID, 4096, 4096, List.of(), chunks(1));
    assertThat(manifest).hasToString("Manifest[4096 bytes in 1 chunks]");
  }

  /** Encodes what {@link Manifest} wouldn't. */
  private static final class Raw {
    private int form = 1;
    private int flags;
    private Hash chainId = Hash.ZERO;
    private long fileSize = 4096;
    private long chunkSize = 4096;
    private List<String> findings = List.of();
    private long count = 1;

    Raw form(int value) {
      form = value;
      return this;
    }

    Raw flags(int value) {
      flags = value;
      return this;
    }

    Raw chainId(Hash value) {
      chainId = value;
      return this;
    }

    Raw fileSize(long value) {
      fileSize = value;
      return this;
    }

    Raw chunkSize(long value) {
      chunkSize = value;
      return this;
    }

    Raw findings(List<String> value) {
      findings = value;
      return this;
    }

    Raw count(long value) {
      count = value;
      return this;
    }

    byte[] encode() {
      ByteWriter out = new ByteWriter().u8(form).u64(1).u8(flags).hash(chainId);
      out.bytes(ExampleKeys.CHUNK_ID_KEY).u64(fileSize).u16(findings.size());
      for (String finding : findings) {
        byte[] utf8 = finding.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        out.u16(utf8.length).bytes(utf8);
      }
      out.u32(chunkSize).u32(count);
      for (long i = 0; i < Math.min(count, 4); i++) {
        out.hash(hash(1)).hash(hash(2));
      }
      out.hash(ROOT);
      return Arrays.copyOf(out.toBytes(), (int) Padme.padded(out.length()));
    }
  }

  @Test
  void theRawEncoderOfThisTestEncodesAsTheRealOneDoes() {
    Manifest manifest =
        new Manifest(
            new BaseFacts(1, Hash.ZERO, false, ExampleKeys.CHUNK_ID_KEY, 4096, List.of()),
            4096,
            new ChunkList.Builder().add(hash(1), hash(2)).build(),
            ROOT);
    assertThat(new Raw().encode()).isEqualTo(Manifests.encode(manifest));
  }

  private static Manifest manifest(
      Hash chainId, long fileSize, int chunkSize, List<String> findings, ChunkList chunks) {
    byte[] key = ExampleKeys.CHUNK_ID_KEY;
    return new Manifest(
        new BaseFacts(ExampleKeys.TIME, chainId, false, key, fileSize, findings),
        chunkSize,
        chunks,
        ROOT);
  }

  private static ChunkList chunks(int count) {
    ChunkList.Builder list = new ChunkList.Builder();
    for (int i = 0; i < count; i++) {
      list.add(hash(i), hash(100 + i));
    }
    return list.build();
  }

  private static Hash hash(int octet) {
    return Hash.of(ExampleKeys.bytes(octet));
  }

  private static Manifest decode(byte[] plaintext) throws IOException {
    return Manifest.decode(new ByteArrayInputStream(plaintext));
  }

  private static void assertRefused(byte[] plaintext) {
    assertThatThrownBy(() -> decode(plaintext)).isInstanceOf(FormatException.class);
  }

  private static void assertRefused(Raw raw, String reason) {
    assertThatThrownBy(() -> decode(raw.encode()))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining(reason);
  }
}
