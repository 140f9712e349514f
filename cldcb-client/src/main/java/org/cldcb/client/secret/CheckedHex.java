package org.cldcb.client.secret;

import java.util.Arrays;
import org.cldcb.client.cli.Messages;
import org.cldcb.crypto.CheckWord;
import org.cldcb.crypto.HsmSecret;
import org.cldcb.crypto.HsmSecretException;
import org.cldcb.crypto.HsmSecretException.Reason;
import org.cldcb.crypto.Secrets;

/** A secret of 32 bytes on paper: four lines of 8 bytes in hex, each with its check word. */
final class CheckedHex {
  static final int LINES = 4;

  private static final int LINE_BYTES = HsmSecret.SECRET_BYTES / LINES;
  private static final int GROUP_BYTES = 2;

  private CheckedHex() {}

  /**
   * Copies the bytes of a line to their place in the secret.
   *
   * @param number from 1 to 4
   * @throws HsmSecretException naming the line, if it has a slip
   */
  static void copy(TypedLine line, int number, byte[] secret) throws HsmSecretException {
    if (line.isEmpty() || !line.endsWithWord()) {
      throw inLine(number, Reason.MALFORMED, "its check word is missing");
    }
    byte[] bytes = new byte[0];
    try {
      bytes = line.hexBeforeLast(LINE_BYTES);
      if (!CheckWord.of(number, bytes).equals(line.lastWord())) {
        throw new HsmSecretException(
            Reason.WRONG_CHECKSUM,
            "the check word doesn't fit: a digit or the word is wrong, or lines are swapped");
      }
      System.arraycopy(bytes, 0, secret, (number - 1) * LINE_BYTES, LINE_BYTES);
    } catch (HsmSecretException e) {
      throw inLine(number, e.reason(), Messages.reason(e));
    } finally {
      Secrets.wipe(bytes);
    }
  }

  /** Writes the lines as they are typed in again. */
  static void print(byte[] secret, SecretText text) {
    for (int number = 1; number <= LINES; number++) {
      byte[] line = Arrays.copyOfRange(secret, (number - 1) * LINE_BYTES, number * LINE_BYTES);
      text.append("    ");
      for (int i = 0; i < LINE_BYTES; i++) {
        text.append(Character.forDigit(line[i] >> 4 & 15, 16));
        text.append(Character.forDigit(line[i] & 15, 16));
        text.append(i % GROUP_BYTES == GROUP_BYTES - 1 ? " " : "");
      }
      text.append("  ").append(CheckWord.of(number, line)).append("\n");
      Secrets.wipe(line);
    }
  }

  private static HsmSecretException inLine(int number, Reason reason, String what) {
    return new HsmSecretException(reason, "line " + number + ": " + what);
  }
}
