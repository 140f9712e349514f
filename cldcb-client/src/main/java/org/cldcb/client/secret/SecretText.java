package org.cldcb.client.secret;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.cldcb.crypto.Secrets;

/** Text with a secret in it, which a String would keep. Not thread-safe; closing wipes it. */
final class SecretText implements AutoCloseable {
  private char[] chars = new char[4096];
  private int length;

  /** Appends what is no secret. */
  SecretText append(String text) {
    for (int i = 0; i < text.length(); i++) {
      append(text.charAt(i));
    }
    return this;
  }

  SecretText append(char c) {
    if (length == chars.length) {
      char[] longer = Arrays.copyOf(chars, 2 * length);
      Arrays.fill(chars, '\0');
      chars = longer;
    }
    chars[length++] = c;
    return this;
  }

  /** A copy that is the caller's to wipe. */
  char[] chars() {
    return Arrays.copyOf(chars, length);
  }

  /** In UTF-8, as a copy that is the caller's to wipe. */
  byte[] bytes() {
    ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(chars, 0, length));
    byte[] bytes = Arrays.copyOf(encoded.array(), encoded.limit());
    Secrets.wipe(encoded.array());
    return bytes;
  }

  @Override
  public void close() {
    Arrays.fill(chars, '\0');
  }
}
