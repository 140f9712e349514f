package org.cldcb.format;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** Compresses packed statements: docs/FORMAT.md §5.4. Not thread-safe. */
final class LzWriter {
  private static final int FIRST_ROOM = 8192;
  private static final int HASH_BITS = 12;

  /** After so many bytes in which nothing matched, every second place is tried, and so on. */
  private static final int PATIENCE_BITS = 6;

  private final OutputStream out;
  private final LzIndex dictionary;
  private final int start;
  private final char[] heads = new char[1 << HASH_BITS];
  private byte[] window;
  private int end;
  private byte[] sequences = new byte[FIRST_ROOM];
  private int length;
  private int match;
  private int matchLength;

  LzWriter(LzIndex dictionary, OutputStream out) {
    this.out = out;
    this.dictionary = dictionary;
    start = dictionary.size();
    window = Arrays.copyOf(dictionary.bytes(), start + FIRST_ROOM);
    end = start;
  }

  void put(int value) throws IOException {
    if (end == window.length) {
      makeRoom();
    }
    window[end++] = (byte) value;
  }

  /** Writes out what was put in. */
  void finish() throws IOException {
    compress();
    window = new byte[0];
  }

  private void makeRoom() throws IOException {
    if (end == start + Lz.BLOCK) {
      compress();
      Arrays.fill(heads, (char) 0);
      end = start;
    } else {
      window = Arrays.copyOf(window, Math.min(start + Lz.BLOCK, end + (end - start)));
    }
  }

  private void compress() throws IOException {
    int literals = start;
    int distance = 0;
    int at = start;
    while (at <= end - Lz.MIN_MATCH) {
      find(at, distance);
      if (matchLength == 0) {
        at += 1 + (at - literals >> PATIENCE_BITS);
        continue;
      }
      int back = sharedBefore(literals, at);
      at -= back;
      match -= back;
      matchLength += back;
      sequence(literals, at, at - match, distance);
      distance = at - match;
      index(at + back + 1, at + matchLength);
      at += matchLength;
      literals = at;
    }
    if (literals < end) {
      sequence(literals, end);
    }
    out.write(sequences, 0, length);
    length = 0;
  }

  /** Finds what saves most of the places where the bytes at {@code at} were before. */
  private void find(int at, int distance) {
    matchLength = 0;
    int gain = 0;
    if (distance > 0) {
      int shared = shared(at - distance, at);
      if (shared >= Lz.MIN_MATCH) {
        match = at - distance;
        matchLength = shared;
        gain = shared;
      }
    }
    int hash = LzIndex.hash(window, at);
    int slot = hash >>> 32 - HASH_BITS;
    int candidate = heads[slot];
    heads[slot] = (char) (at - start + 1);
    if (candidate > 0) {
      gain = consider(start + candidate - 1, at, gain);
    }
    int tries = LzIndex.TRIES;
    for (int i = dictionary.first(hash); i >= 0 && tries > 0; i = dictionary.next(i)) {
      gain = consider(i, at, gain);
      tries--;
    }
  }

  private int consider(int candidate, int at, int gain) {
    int shared = shared(candidate, at);
    int gained = shared - Lz.varintSize(at - candidate);
    if (shared < Lz.MIN_MATCH || gained <= gain) {
      return gain;
    }
    match = candidate;
    matchLength = shared;
    return gained;
  }

  private int shared(int from, int at) {
    int i = at;
    int j = from;
    while (i < end && window[i] == window[j]) {
      i++;
      j++;
    }
    return i - at;
  }

  private int sharedBefore(int literals, int at) {
    int back = 0;
    while (at - back > literals
        && match - back > 0
        && window[at - back - 1] == window[match - back - 1]) {
      back++;
    }
    return back;
  }

  private void index(int from, int to) {
    for (int i = from; i < Math.min(to, end - Lz.MIN_MATCH + 1); i++) {
      heads[LzIndex.hash(window, i) >>> 32 - HASH_BITS] = (char) (i - start + 1);
    }
  }

  /** Literals and the match behind them. */
  private void sequence(int from, int to, int distance, int before) {
    int beyond = matchLength - Lz.MIN_MATCH + 1;
    int token = Math.min(beyond, Lz.MAX_SHORT_MATCH);
    literals(from, to, distance == before ? token | Lz.REPEAT : token);
    if (distance != before) {
      varint(distance - 1);
    }
    if (token == Lz.MAX_SHORT_MATCH) {
      varint(beyond - token);
    }
  }

  /** Literals alone. */
  private void sequence(int from, int to) {
    literals(from, to, 0);
  }

  private void literals(int from, int to, int token) {
    int count = to - from;
    if (sequences.length - length < count + Lz.MAX_SEQUENCE_OVERHEAD) {
      sequences = Arrays.copyOf(sequences, 2 * length + count + Lz.MAX_SEQUENCE_OVERHEAD);
    }
    int told = Math.min(count, Lz.MAX_SHORT_LITERALS);
    sequences[length++] = (byte) (told << Lz.LITERALS_SHIFT | token);
    if (told == Lz.MAX_SHORT_LITERALS) {
      varint(count - told);
    }
    System.arraycopy(window, from, sequences, length, count);
    length += count;
  }

  private void varint(int value) {
    int rest = value;
    while (rest > 0x7f) {
      sequences[length++] = (byte) (0x80 | rest & 0x7f);
      rest >>>= 7;
    }
    sequences[length++] = (byte) rest;
  }
}
