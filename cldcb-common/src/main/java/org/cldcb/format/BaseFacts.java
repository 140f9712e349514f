package org.cldcb.format;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.cldcb.chain.ChainDigest;
import org.cldcb.codec.ByteReader;
import org.cldcb.codec.ByteWriter;
import org.cldcb.codec.FormatException;
import org.cldcb.codec.Hash;

/**
 * What a manifest of either form says of its base first: docs/FORMAT.md §7.
 *
 * @param unixTime of the copy, by the plugin's clock, seconds
 * @param chainId random, where the base starts a chain; else {@link Hash#ZERO}
 * @param foreignKeysOff whether the node was between the PRAGMAs of a schema migration
 * @param chunkIdKey 32 bytes
 * @param fileSize bytes of the database file
 * @param findings what quick_check said of the file, at most {@link #MAX_FINDINGS}
 */
public record BaseFacts(
    long unixTime,
    Hash chainId,
    boolean foreignKeysOff,
    byte[] chunkIdKey,
    long fileSize,
    List<String> findings) {
  /** Findings at most. */
  public static final int MAX_FINDINGS = 100;

  /** UTF-8 bytes of a finding at most. */
  public static final int MAX_FINDING = 1000;

  /** Bytes of a database file at most. */
  public static final long MAX_FILE_SIZE = (long) BlockTags.MAX_BLOCKS * BlockTags.BLOCK;

  private static final int STARTS_CHAIN = 1;
  private static final int FOREIGN_KEYS_OFF = 2;
  private static final int KEY = 32;
  private static final int FIXED = 8 + 1 + Hash.SIZE + KEY + 8 + 2;

  /** Whether the base starts a chain. */
  public boolean startsChain() {
    return !chainId.isZero();
  }

  /** The digest that a chain started by this base begins with. */
  public Hash chainStart() {
    return ChainDigest.chainStart(chainId);
  }

  /**
   * Writes them.
   *
   * @throws IllegalArgumentException if it has what no reader takes
   */
  void write(ByteWriter out) {
    require(findings.size() <= MAX_FINDINGS, findings.size() + " findings");
    require(chunkIdKey.length == KEY, "chunk-id key of " + chunkIdKey.length + " bytes");
    require(fileSize <= MAX_FILE_SIZE, "file of " + fileSize + " bytes");
    out.u64(unixTime)
        .u8((startsChain() ? STARTS_CHAIN : 0) | (foreignKeysOff ? FOREIGN_KEYS_OFF : 0))
        .hash(chainId)
        .bytes(chunkIdKey)
        .u64(fileSize)
        .u16(findings.size());
    for (String finding : findings) {
      byte[] utf8 = finding.getBytes(StandardCharsets.UTF_8);
      require(utf8.length <= MAX_FINDING, "finding of " + utf8.length + " bytes");
      out.u16(utf8.length).bytes(utf8);
    }
  }

  static BaseFacts read(PlaintextInput in) throws IOException {
    ByteReader fixed = in.reader(FIXED);
    long unixTime = fixed.u64();
    int flags = fixed.u8(STARTS_CHAIN | FOREIGN_KEYS_OFF, "manifest flags");
    boolean starts = (flags & STARTS_CHAIN) != 0;
    Hash chainId = fixed.hash();
    if (starts == chainId.isZero()) {
      throw new FormatException("manifest flag and chain id do not go together");
    }
    byte[] chunkIdKey = fixed.bytes(KEY);
    long fileSize = fixed.u64();
    if (fileSize > MAX_FILE_SIZE) {
      throw new FormatException("a file of " + fileSize + " bytes");
    }
    List<String> findings = findings(in, fixed.u16());
    boolean foreignKeysOff = (flags & FOREIGN_KEYS_OFF) != 0;
    return new BaseFacts(unixTime, chainId, foreignKeysOff, chunkIdKey, fileSize, findings);
  }

  private static List<String> findings(PlaintextInput in, int count) throws IOException {
    if (count > MAX_FINDINGS) {
      throw new FormatException(count + " findings");
    }
    List<String> findings = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int length = in.reader(2).u16();
      if (length > MAX_FINDING) {
        throw new FormatException("finding of " + length + " bytes");
      }
      findings.add(in.reader(length).utf8(length));
    }
    return List.copyOf(findings);
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "BaseFacts[" + fileSize + " bytes]";
  }
}
