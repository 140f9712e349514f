package org.cldcb.crypto;

/** A word that tells whether a line of a secret was copied without a slip: 11 bits of a hash. */
public final class CheckWord {

  private CheckWord() {}

  /**
   * The word of a line: BIP39's whose index is the first 11 bits of SHA-256(line ‖ bytes).
   *
   * @param line its number, from 1 to 255, in one byte: two swapped lines are found too
   */
  public static String of(int line, byte[] bytes) {
    byte[] input = new byte[1 + bytes.length];
    input[0] = (byte) line;
    System.arraycopy(bytes, 0, input, 1, bytes.length);
    byte[] hash = Digests.sha256(input);
    Secrets.wipe(input);
    return WordList.word((hash[0] & 0xff) << 3 | (hash[1] & 0xff) >> 5);
  }
}
