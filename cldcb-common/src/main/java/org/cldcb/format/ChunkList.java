package org.cldcb.format;

import java.util.Arrays;
import org.cldcb.codec.Hash;

/**
 * The chunks of a base in their order: id and envelope digest of each. Packed, since a large
 * database has many. Immutable.
 */
public final class ChunkList {
  /** Chunks of a base at most. */
  public static final int MAX = 1 << 22;

  static final int ENTRY = 2 * Hash.SIZE;

  private final byte[] entries;

  /** Entries as they stand in a manifest; the array is kept. */
  ChunkList(byte[] entries) {
    this.entries = entries;
  }

  public int size() {
    return entries.length / ENTRY;
  }

  public Hash id(int index) {
    return at(index * ENTRY);
  }

  /** Digest of the chunk's envelope. */
  public Hash digest(int index) {
    return at(index * ENTRY + Hash.SIZE);
  }

  byte[] entries() {
    return entries;
  }

  private Hash at(int offset) {
    return Hash.of(Arrays.copyOfRange(entries, offset, offset + Hash.SIZE));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ChunkList list && Arrays.equals(entries, list.entries);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(entries);
  }

  /** Collects a list front to back. Not thread-safe. */
  public static final class Builder {
    private byte[] entries = new byte[64 * ENTRY];
    private int length;

    public Builder add(Hash id, Hash digest) {
      if (length == entries.length) {
        entries = Arrays.copyOf(entries, length * 2);
      }
      System.arraycopy(id.bytes(), 0, entries, length, Hash.SIZE);
      System.arraycopy(digest.bytes(), 0, entries, length + Hash.SIZE, Hash.SIZE);
      length += ENTRY;
      return this;
    }

    public ChunkList build() {
      return new ChunkList(Arrays.copyOf(entries, length));
    }
  }
}
