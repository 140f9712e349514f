package org.cldcb.client.secret;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cldcb.crypto.HsmSecretException;
import org.cldcb.crypto.HsmSecretException.Reason;
import org.cldcb.crypto.Secrets;

/**
 * A line of a secret as somebody typed it, cut at its blanks. Not thread-safe; closing wipes it.
 */
final class TypedLine implements AutoCloseable {
  private final List<byte[]> tokens = new ArrayList<>();

  /**
   * A line.
   *
   * @param line wiped by this
   */
  TypedLine(byte[] line) {
    add(line);
  }

  /**
   * Goes on with a further line.
   *
   * @param line wiped by this
   */
  final void add(byte[] line) {
    int start = 0;
    for (int i = 0; i <= line.length; i++) {
      if (i == line.length || Character.isWhitespace(line[i])) {
        if (i > start) {
          tokens.add(Arrays.copyOfRange(line, start, i));
        }
        start = i + 1;
      }
    }
    Secrets.wipe(line);
  }

  int count() {
    return tokens.size();
  }

  boolean isEmpty() {
    return tokens.isEmpty();
  }

  /** Two letters, of which one isn't a hex digit, and the separator 1. */
  boolean looksLikeCodex32() {
    byte[] first = tokens.get(0);
    return first.length > 2
        && isLetter(first[0])
        && isLetter(first[1])
        && first[2] == '1'
        && !(isHex(first[0]) && isHex(first[1]));
  }

  /** Words have no digits. */
  boolean looksLikeHex() {
    boolean digit = false;
    boolean hex = true;
    for (byte[] token : tokens) {
      for (byte b : token) {
        digit |= b >= '0' && b <= '9';
        hex &= isHex(b);
      }
    }
    return digit || hex;
  }

  /**
   * Whether a check word follows hex digits; some words could be hex, the last of 64 digits too.
   */
  boolean endsWithWord() {
    byte[] last = last();
    for (byte b : last) {
      if (!isLetter(b)) {
        return false;
      }
    }
    return tokens.size() > 1 && digits(tokens) != 64;
  }

  /** All of it without its blanks, the caller's to wipe. */
  byte[] joined() {
    return join(tokens, false);
  }

  /** Lower case, one space between two, the caller's to wipe. */
  byte[] words() {
    byte[] words = join(tokens, true);
    for (int i = 0; i < words.length; i++) {
      words[i] = lower(words[i]);
    }
    return words;
  }

  /** The last token in lower case: a check word, which is no secret. */
  String lastWord() {
    byte[] word = last().clone();
    for (int i = 0; i < word.length; i++) {
      word[i] = lower(word[i]);
    }
    return new String(word, US_ASCII);
  }

  /**
   * The hex digits, all of them.
   *
   * @param size of the result, in bytes
   * @return the caller's to wipe
   * @throws HsmSecretException if something else is in it, or not as much
   */
  byte[] hex(int size) throws HsmSecretException {
    return hex(tokens, size);
  }

  /** The same for all but the last token. */
  byte[] hexBeforeLast(int size) throws HsmSecretException {
    return hex(tokens.subList(0, tokens.size() - 1), size);
  }

  @Override
  public void close() {
    tokens.forEach(Secrets::wipe);
  }

  private byte[] last() {
    return tokens.get(tokens.size() - 1);
  }

  private static byte[] hex(List<byte[]> tokens, int size) throws HsmSecretException {
    byte[] digits = join(tokens, false);
    try {
      for (int i = 0; i < digits.length; i++) {
        if (!isHex(digits[i])) {
          throw new HsmSecretException(
              Reason.MALFORMED, "character " + (i + 1) + " isn't a hex digit");
        }
      }
      if (digits.length != 2 * size) {
        throw new HsmSecretException(
            Reason.MALFORMED, digits.length + " hex digits, and not " + 2 * size);
      }
      byte[] bytes = new byte[size];
      for (int i = 0; i < digits.length; i++) {
        bytes[i / 2] = (byte) (bytes[i / 2] << 4 | Character.digit(digits[i], 16));
      }
      return bytes;
    } finally {
      Secrets.wipe(digits);
    }
  }

  private static int digits(List<byte[]> tokens) {
    int digits = 0;
    for (byte[] token : tokens) {
      for (byte b : token) {
        digits += isHex(b) ? 1 : 0;
      }
    }
    return digits;
  }

  private static byte[] join(List<byte[]> tokens, boolean spaces) {
    int length = spaces ? tokens.size() - 1 : 0;
    for (byte[] token : tokens) {
      length += token.length;
    }
    byte[] joined = new byte[length];
    Arrays.fill(joined, (byte) ' ');
    int at = 0;
    for (byte[] token : tokens) {
      System.arraycopy(token, 0, joined, at, token.length);
      at += token.length + (spaces ? 1 : 0);
    }
    return joined;
  }

  private static boolean isHex(byte b) {
    return Character.digit(b, 16) >= 0;
  }

  private static boolean isLetter(byte b) {
    byte lower = lower(b);
    return lower >= 'a' && lower <= 'z';
  }

  private static byte lower(byte b) {
    return (byte) (b >= 'A' && b <= 'Z' ? b + 'a' - 'A' : b);
  }
}
