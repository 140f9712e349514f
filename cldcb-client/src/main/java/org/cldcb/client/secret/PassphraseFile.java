package org.cldcb.client.secret;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.cldcb.crypto.Passphrase;
import org.cldcb.crypto.Secrets;

/**
 * A passphrase from a file, as {@code lightningd} reads it from its stdin: the first line, in bytes
 * as they are, without its newline.
 */
record PassphraseFile(Path file) implements Passphrase {
  static final String OPTION = "--passphrase-file";
  static final Path STDIN = Path.of("-");

  /** Longer than lightningd can hand on. */
  private static final int MAX_BYTES = 1 << 16;

  @Override
  public byte[] ask() {
    try (InputStream in = file.equals(STDIN) ? System.in : Files.newInputStream(file)) {
      return firstLine(in);
    } catch (IOException e) {
      throw SecretMessages.badPassphraseFile(file, e);
    }
  }

  private byte[] firstLine(InputStream in) throws IOException {
    byte[] buffer = new byte[MAX_BYTES];
    try {
      int length = 0;
      int b = in.read();
      if (b < 0) {
        throw SecretMessages.emptyPassphraseFile(file);
      }
      // To C a string ends with a zero byte.
      for (; b > 0 && b != '\n'; b = in.read()) {
        if (length == buffer.length) {
          throw SecretMessages.longPassphrase(file);
        }
        buffer[length++] = (byte) b;
      }
      return Arrays.copyOf(buffer, length);
    } finally {
      Secrets.wipe(buffer);
    }
  }
}
