package org.cldcb.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * BIP39's English words, the only ones that Core Lightning takes: english.txt of the repository
 * bitcoin/bips, folder bip-0039.
 */
public final class WordList {

  /** What a word stands for. */
  static final int BITS_PER_WORD = 11;

  private static final List<byte[]> WORDS = read();

  private WordList() {}

  /**
   * A word of the list.
   *
   * @param index from 0 to 2047
   */
  public static String word(int index) {
    return new String(WORDS.get(index), US_ASCII);
  }

  /** The index of a word, or a negative number if it isn't in the list. */
  public static int indexOf(byte[] word) {
    int low = 0;
    int high = WORDS.size() - 1;
    while (low <= high) {
      int middle = (low + high) / 2;
      int order = Arrays.compareUnsigned(WORDS.get(middle), word);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1;
  }

  private static List<byte[]> read() {
    try (InputStream in =
        Objects.requireNonNull(WordList.class.getResourceAsStream("bip39-english.txt"))) {
      List<byte[]> words = new ArrayList<>();
      new String(in.readAllBytes(), US_ASCII).lines().forEach(w -> words.add(w.getBytes(US_ASCII)));
      return words;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
