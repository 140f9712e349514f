package org.cldcb.client.recover.database;

import java.util.Arrays;

/**
 * The text of a statement that has a {@code ?} in place of each value: the same for all statements
 * that differ in nothing but those. Grows like a StringBuilder, and is a key of maps, which {@link
 * #copy} makes it fit for. Not thread-safe.
 */
final class ShapeText {
  private static final int FACTOR = 31;

  private char[] text;
  private int length;
  private int hash;

  ShapeText() {
    this(new char[1024], 0, 0);
  }

  private ShapeText(char[] text, int length, int hash) {
    this.text = text;
    this.length = length;
    this.hash = hash;
  }

  void clear() {
    length = 0;
    hash = 0;
  }

  /** Adds characters, of which only a few become part of the hash. */
  void append(char[] from, int start, int end) {
    int count = end - start;
    if (text.length < length + count) {
      text = Arrays.copyOf(text, 2 * (length + count));
    }
    System.arraycopy(from, start, text, length, count);
    length += count;
    if (count > 0) {
      hash = FACTOR * (FACTOR * (FACTOR * hash + count) + from[start]) + from[end - 1];
    }
  }

  /** One that stays as it is. */
  ShapeText copy() {
    return new ShapeText(Arrays.copyOf(text, length), length, hash);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ShapeText that
        && hash == that.hash
        && Arrays.equals(text, 0, length, that.text, 0, that.length);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  /** The statement. */
  @Override
  public String toString() {
    return String.valueOf(text, 0, length);
  }
}
