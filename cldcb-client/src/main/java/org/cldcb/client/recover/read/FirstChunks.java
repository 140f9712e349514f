package org.cldcb.client.recover.read;

import java.util.Arrays;
import org.cldcb.chain.ChainException;
import org.cldcb.chain.ChainException.Reason;
import org.cldcb.format.ChunkList;
import org.cldcb.format.Manifest;

/**
 * For each chunk of a base the first one with the same content. Packed, as a base may have many.
 */
final class FirstChunks {
  private static final int FREE = -1;

  private final int[] firsts;

  FirstChunks(Manifest manifest) throws ChainException {
    ChunkList chunks = manifest.chunks();
    firsts = new int[chunks.size()];
    int[] table = new int[Integer.highestOneBit(Math.max(1, chunks.size())) * 4];
    Arrays.fill(table, FREE);
    for (int index = 0; index < firsts.length; index++) {
      int slot = slot(table, chunks, index);
      if (table[slot] == FREE) {
        table[slot] = index;
      }
      firsts[index] = table[slot];
      requireSame(manifest, firsts[index], index);
    }
  }

  int of(int index) {
    return firsts[index];
  }

  boolean isFirst(int index) {
    return firsts[index] == index;
  }

  /** Where the chunk's id is in the table, or the free place where it goes. */
  private static int slot(int[] table, ChunkList chunks, int index) {
    int slot = chunks.id(index).hashCode() & table.length - 1;
    while (table[slot] != FREE && !chunks.id(table[slot]).equals(chunks.id(index))) {
      slot = slot + 1 & table.length - 1;
    }
    return slot;
  }

  private static void requireSame(Manifest manifest, int first, int index) throws ChainException {
    ChunkList chunks = manifest.chunks();
    if (!chunks.digest(first).equals(chunks.digest(index))
        || manifest.chunkLength(first) != manifest.chunkLength(index)) {
      throw new ChainException(
          Reason.BASE_INVALID, "the manifest says two things of chunk " + chunks.id(index));
    }
  }
}
