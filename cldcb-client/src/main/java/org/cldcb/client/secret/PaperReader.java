package org.cldcb.client.secret;

import java.util.function.Consumer;
import org.cldcb.crypto.Codex32;
import org.cldcb.crypto.HsmSecret;
import org.cldcb.crypto.HsmSecretException;
import org.cldcb.crypto.HsmSecretException.Reason;
import org.cldcb.crypto.Passphrase;
import org.cldcb.crypto.Secrets;

/** Makes a secret of the lines that somebody types, whichever of the forms they have. */
final class PaperReader {
  private static final int MIN_WORDS = 12;
  private static final int MAX_WORDS = 24;

  private final Lines lines;
  private final Passphrase passphrase;
  private final Consumer<String> checks;

  /** Gives a line, counted from 1, as ASCII that is the caller's to wipe. */
  @FunctionalInterface
  interface Lines {
    byte[] next(int number);
  }

  /**
   * A reader.
   *
   * @param passphrase asked for words only; an empty one means that they have none
   * @param checks told which checks passed
   */
  PaperReader(Lines lines, Passphrase passphrase, Consumer<String> checks) {
    this.lines = lines;
    this.passphrase = passphrase;
    this.checks = checks;
  }

  /**
   * Reads as many lines as it takes.
   *
   * @return the caller's to close
   * @throws HsmSecretException if what is typed isn't a secret
   */
  HsmSecret read() throws HsmSecretException {
    try (TypedLine first = new TypedLine(lines.next(1))) {
      if (first.isEmpty()) {
        throw new HsmSecretException(Reason.MALFORMED, "nothing was typed");
      }
      if (first.looksLikeCodex32()) {
        return codex32(first);
      }
      if (!first.looksLikeHex()) {
        return words(first);
      }
      return first.endsWithWord() ? checkedHex(first) : hex(first);
    }
  }

  private HsmSecret codex32(TypedLine line) throws HsmSecretException {
    byte[] text = line.joined();
    byte[] secret = new byte[0];
    try {
      secret = Codex32.decode(text);
      checks.accept(SecretMessages.codex32Fits());
      return HsmSecret.ofPlain(secret);
    } finally {
      Secrets.wipe(text, secret);
    }
  }

  private HsmSecret words(TypedLine line) throws HsmSecretException {
    readOn(line);
    byte[] words = line.words();
    byte[] typed = new byte[0];
    try {
      // Without a passphrase first, so that nobody types one for words that are wrong.
      HsmSecret.ofWords(words, typed).close();
      checks.accept(SecretMessages.wordsFit(line.count()));
      typed = passphrase.ask();
      return HsmSecret.ofWords(words, typed);
    } finally {
      Secrets.wipe(words, typed);
    }
  }

  /** Words that aren't all in the first line go on until an empty one. */
  private void readOn(TypedLine words) {
    boolean more = words.count() < MIN_WORDS;
    for (int number = 2; more && words.count() < MAX_WORDS; number++) {
      int before = words.count();
      words.add(lines.next(number));
      more = words.count() > before;
    }
  }

  private HsmSecret hex(TypedLine line) throws HsmSecretException {
    byte[] secret = new byte[0];
    try {
      secret = line.hex(HsmSecret.SECRET_BYTES);
      checks.accept(SecretMessages.HEX_WITHOUT_CHECK);
      return HsmSecret.ofPlain(secret);
    } finally {
      Secrets.wipe(secret);
    }
  }

  private HsmSecret checkedHex(TypedLine first) throws HsmSecretException {
    byte[] secret = new byte[HsmSecret.SECRET_BYTES];
    try {
      CheckedHex.copy(first, 1, secret);
      for (int number = 2; number <= CheckedHex.LINES; number++) {
        try (TypedLine line = new TypedLine(lines.next(number))) {
          CheckedHex.copy(line, number, secret);
        }
      }
      checks.accept(SecretMessages.linesFit(CheckedHex.LINES));
      return HsmSecret.ofPlain(secret);
    } finally {
      Secrets.wipe(secret);
    }
  }
}
