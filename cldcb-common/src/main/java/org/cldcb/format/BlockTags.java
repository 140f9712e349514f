package org.cldcb.format;

import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.cldcb.codec.Hash;

/**
 * Tags of the blocks that a database file is looked at in, and what is made of them: docs/FORMAT.md
 * §6. One pass over a file gives its chunks' ids, its root, and what changed since another. Not
 * thread-safe.
 */
public final class BlockTags {
  /** Bytes of every block but the last. */
  public static final int BLOCK = 4096;

  /** Bytes of a tag. */
  public static final int TAG = 16;

  /** Blocks of a file at most. */
  public static final int MAX_BLOCKS = 1 << 24;

  private static final byte OF_BLOCK = 0;
  private static final byte OF_CHUNK = 1;

  private final Mac mac;

  public BlockTags(byte[] chunkIdKey) {
    try {
      mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(chunkIdKey, "HmacSHA256"));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java has HMAC-SHA256, which takes any key", e);
    }
  }

  /** How many blocks a file of this size has. */
  public static long count(long fileSize) {
    return -Math.floorDiv(-fileSize, (long) BLOCK);
  }

  /** Bytes of the block with this index. */
  public static int length(long index, long fileSize) {
    return (int) Math.min(BLOCK, fileSize - index * BLOCK);
  }

  /** The tags of what begins with a block. */
  public byte[] of(byte[] content) {
    return of(content, content.length);
  }

  /**
   * The tags of what begins with a block.
   *
   * @param length how much of it there is
   */
  public byte[] of(byte[] content, int length) {
    byte[] tags = new byte[(int) count(length) * TAG];
    for (int at = 0, tag = 0; at < length; at += BLOCK, tag += TAG) {
      mac.update(OF_BLOCK);
      mac.update(content, at, Math.min(BLOCK, length - at));
      System.arraycopy(mac.doFinal(), 0, tags, tag, TAG);
    }
    return tags;
  }

  /** The id of a chunk of these blocks. */
  public Hash chunkId(byte[] tags) {
    mac.update(OF_CHUNK);
    return Hash.of(mac.doFinal(tags));
  }
}
