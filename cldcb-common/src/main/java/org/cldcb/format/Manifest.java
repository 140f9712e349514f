package org.cldcb.format;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cldcb.chain.ChainDigest;
import org.cldcb.codec.ByteReader;
import org.cldcb.codec.ByteWriter;
import org.cldcb.codec.FormatException;
import org.cldcb.codec.Hash;

/**
 * What a base consists of: docs/FORMAT.md §7. The head that it stands on is its place.
 *
 * @param unixTime of the copy, by the plugin's clock, seconds
 * @param chainId random, where the base starts a chain; else {@link Hash#ZERO}
 * @param foreignKeysOff whether the node was between the PRAGMAs of a schema migration
 * @param chunkIdKey 32 bytes
 * @param fileSize bytes of the database file
 * @param chunkSize bytes of every chunk but the last
 * @param findings what quick_check said of the file, at most {@link #MAX_FINDINGS}
 */
public record Manifest(
    long unixTime,
    Hash chainId,
    boolean foreignKeysOff,
    byte[] chunkIdKey,
    long fileSize,
    int chunkSize,
    List<String> findings,
    ChunkList chunks) {
  /** Findings at most. */
  public static final int MAX_FINDINGS = 100;

  /** UTF-8 bytes of a finding at most. */
  public static final int MAX_FINDING = 1000;

  static final int MIN_CHUNK = 4096;
  static final int MAX_CHUNK = 1 << 20;

  private static final int VERSION = 1;
  private static final int STARTS_CHAIN = 1;
  private static final int FOREIGN_KEYS_OFF = 2;
  private static final int KEY = 32;
  private static final int MAX_SIZE = 288 << 20;

  /** Whether the base starts a chain. */
  public boolean startsChain() {
    return !chainId.isZero();
  }

  /** Bytes of the chunk with this index. */
  public int chunkLength(int index) {
    return (int) Math.min(chunkSize, fileSize - (long) index * chunkSize);
  }

  /** The digest that a chain started by this base begins with. */
  public Hash chainStart() {
    return ChainDigest.chainStart(chainId);
  }

  /**
   * The padded plaintext.
   *
   * @throws IllegalArgumentException if it has what no reader takes
   */
  public byte[] encode() {
    requireReadable();
    ByteWriter out =
        new ByteWriter(1024 + chunks.entries().length)
            .u8(VERSION)
            .u64(unixTime)
            .u8((startsChain() ? STARTS_CHAIN : 0) | (foreignKeysOff ? FOREIGN_KEYS_OFF : 0))
            .hash(chainId)
            .bytes(chunkIdKey)
            .u64(fileSize)
            .u32(chunkSize)
            .u16(findings.size());
    for (String finding : findings) {
      byte[] utf8 = finding.getBytes(StandardCharsets.UTF_8);
      require(utf8.length <= MAX_FINDING, "finding of " + utf8.length + " bytes");
      out.u16(utf8.length).bytes(utf8);
    }
    out.u32(chunks.size()).bytes(chunks.entries());
    return Arrays.copyOf(out.toBytes(), (int) Padme.padded(out.length()));
  }

  /** Reads a padded plaintext. */
  public static Manifest decode(InputStream plaintext) throws IOException {
    byte[] bytes = plaintext.readNBytes(MAX_SIZE);
    if (bytes.length == MAX_SIZE) {
      throw new FormatException("manifest of " + MAX_SIZE + " bytes or more");
    }
    ByteReader in = new ByteReader(bytes);
    int version = in.u8();
    if (version != VERSION) {
      throw new FormatException("manifest of version " + version + "; this cldcb reads 1");
    }
    long unixTime = in.u64();
    int flags = in.u8(STARTS_CHAIN | FOREIGN_KEYS_OFF, "manifest flags");
    boolean foreignKeysOff = (flags & FOREIGN_KEYS_OFF) != 0;
    boolean starts = (flags & STARTS_CHAIN) != 0;
    Hash chainId = in.hash();
    if (starts == chainId.isZero()) {
      throw new FormatException("manifest flag and chain id do not go together");
    }
    byte[] chunkIdKey = in.bytes(KEY);
    long fileSize = in.u64();
    int chunkSize = chunkSize(in.u32());
    List<String> findings = findings(in);
    ChunkList chunks = chunks(in, fileSize, chunkSize);
    int read = bytes.length - in.remaining();
    Padding.check(new ByteArrayInputStream(in.rest()), read);
    return new Manifest(
        unixTime, chainId, foreignKeysOff, chunkIdKey, fileSize, chunkSize, findings, chunks);
  }

  private void requireReadable() {
    require(isChunkSize(chunkSize), "chunk size " + chunkSize);
    require(
        isCount(chunks.size(), fileSize, chunkSize),
        chunks.size() + " chunks for a file of " + fileSize + " bytes");
    require(findings.size() <= MAX_FINDINGS, findings.size() + " findings");
    require(chunkIdKey.length == KEY, "chunk-id key of " + chunkIdKey.length + " bytes");
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  private static boolean isChunkSize(long size) {
    return size >= MIN_CHUNK && size <= MAX_CHUNK && Long.bitCount(size) == 1;
  }

  private static boolean isCount(long count, long fileSize, int chunkSize) {
    return count <= ChunkList.MAX && count == -Math.floorDiv(-fileSize, (long) chunkSize);
  }

  private static int chunkSize(long size) throws FormatException {
    if (!isChunkSize(size)) {
      throw new FormatException("chunk size " + size);
    }
    return (int) size;
  }

  private static List<String> findings(ByteReader in) throws FormatException {
    int count = in.u16();
    if (count > MAX_FINDINGS) {
      throw new FormatException(count + " findings");
    }
    List<String> findings = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int length = in.u16();
      if (length > MAX_FINDING) {
        throw new FormatException("finding of " + length + " bytes");
      }
      findings.add(in.utf8(length));
    }
    return List.copyOf(findings);
  }

  private static ChunkList chunks(ByteReader in, long fileSize, int chunkSize)
      throws FormatException {
    long count = in.u32();
    if (!isCount(count, fileSize, chunkSize)) {
      throw new FormatException(count + " chunks for a file of " + fileSize + " bytes");
    }
    return new ChunkList(in.bytes(Math.toIntExact(count * ChunkList.ENTRY)));
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "Manifest[" + fileSize + " bytes in " + chunks.size() + " chunks]";
  }
}
