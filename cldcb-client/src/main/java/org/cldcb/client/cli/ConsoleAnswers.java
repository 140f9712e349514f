package org.cldcb.client.cli;

import java.io.Console;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.util.Arrays;
import org.cldcb.crypto.Secrets;
import org.jspecify.annotations.Nullable;

/** Answers from the terminal that the command was started on. */
final class ConsoleAnswers implements Terminal.Answers {
  /** What the decoder puts where bytes aren't characters of the terminal's charset. */
  private static final char UNDECODABLE = '\ufffd';

  /** No terminal hands out a longer line. */
  private static final int MAX_LINE_CHARS = 4096;

  private final Console console;

  ConsoleAnswers(Console console) {
    this.console = console;
  }

  @Override
  public @Nullable String ask(String question) {
    return console.readLine("%s ", question);
  }

  @Override
  public byte @Nullable [] askSecret(String question, boolean echo) {
    char @Nullable [] line = echo ? readLine(question) : console.readPassword("%s ", question);
    if (line == null) {
      return null;
    }
    try {
      return encode(line);
    } finally {
      Arrays.fill(line, '\0');
    }
  }

  /** As {@link Console#readLine}, but into an array. */
  private char @Nullable [] readLine(String question) {
    console.printf("%s ", question);
    console.flush();
    char[] line = new char[MAX_LINE_CHARS];
    try {
      int length = 0;
      int c = console.reader().read();
      boolean isEnd = c < 0;
      for (; c >= 0 && c != '\n' && length < line.length; c = console.reader().read()) {
        line[length++] = (char) c;
      }
      return isEnd ? null : Arrays.copyOf(line, length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      Arrays.fill(line, '\0');
    }
  }

  /** The bytes that the terminal sent, as lightningd reads them. */
  private byte[] encode(char[] line) {
    for (char c : line) {
      if (c == UNDECODABLE) {
        throw Messages.wrongCharset(console.charset());
      }
    }
    ByteBuffer encoded = console.charset().encode(CharBuffer.wrap(line));
    byte[] bytes = Arrays.copyOf(encoded.array(), encoded.limit());
    Secrets.wipe(encoded.array());
    return bytes;
  }
}
