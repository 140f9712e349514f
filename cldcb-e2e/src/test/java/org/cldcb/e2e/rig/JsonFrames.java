package org.cldcb.e2e.rig;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream into JSON objects, as lightningd does: it needs no empty line between them, and
 * gives the raw text, in which escapes can still be seen. Not thread-safe.
 */
final class JsonFrames {
  private final BufferedInputStream in;

  JsonFrames(InputStream in) {
    this.in = new BufferedInputStream(in, 1 << 16);
  }

  /**
   * Waits for the next object.
   *
   * @return its text, null at the end of the stream
   * @throws IOException if the stream breaks off within an object, or holds something else
   */
  @Nullable String next() throws IOException {
    int first = skipSpace();
    if (first < 0) {
      return null;
    }
    if (first != '{') {
      throw new IOException("not a JSON object: it begins with byte " + first);
    }
    ByteArrayOutputStream object = new ByteArrayOutputStream();
    object.write(first);
    int depth = 1;
    boolean quoted = false;
    while (depth > 0) {
      int next = readInside(object);
      if (quoted && next == '\\') {
        readInside(object);
      } else if (next == '"') {
        quoted = !quoted;
      } else if (!quoted) {
        depth += next == '{' ? 1 : next == '}' ? -1 : 0;
      }
    }
    return object.toString(StandardCharsets.UTF_8);
  }

  /** Whether something came that wasn't read yet, without waiting for it. */
  boolean hasMore() {
    try {
      while (in.available() > 0) {
        in.mark(1);
        if (!isSpace(in.read())) {
          in.reset();
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      return false;
    }
  }

  private int readInside(ByteArrayOutputStream object) throws IOException {
    int next = in.read();
    if (next < 0) {
      throw new EOFException("the stream ends within: " + object.toString(StandardCharsets.UTF_8));
    }
    object.write(next);
    return next;
  }

  private int skipSpace() throws IOException {
    int next = in.read();
    while (isSpace(next)) {
      next = in.read();
    }
    return next;
  }

  private static boolean isSpace(int next) {
    return next == ' ' || next == '\n' || next == '\r' || next == '\t';
  }
}
