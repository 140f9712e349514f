package org.cldcb.format;

import java.io.IOException;
import java.io.InputStream;
import org.cldcb.codec.FormatException;

/** Insists on proper padding behind a plaintext: docs/FORMAT.md §3.4. */
final class Padding {
  private Padding() {}

  /**
   * Reads the rest of {@code in}, which must be zeros up to the padded length.
   *
   * @param length bytes of the plaintext before the padding
   */
  static void check(InputStream in, long length) throws IOException {
    byte[] buffer = new byte[4096];
    long total = length;
    int count;
    while ((count = in.read(buffer)) > 0) {
      for (int i = 0; i < count; i++) {
        if (buffer[i] != 0) {
          throw new FormatException("padding that is not zero");
        }
      }
      total += count;
    }
    if (total != Padme.padded(length)) {
      throw new FormatException("padding of the wrong length");
    }
  }
}
