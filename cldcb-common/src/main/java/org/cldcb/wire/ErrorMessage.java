package org.cldcb.wire;

import java.nio.charset.StandardCharsets;
import org.cldcb.codec.ByteReader;
import org.cldcb.codec.ByteWriter;
import org.cldcb.codec.FormatException;

/**
 * The last message of a connection that the server ends for a reason.
 *
 * @param text one line for a person, at most {@link #MAX_TEXT} bytes of UTF-8
 */
public record ErrorMessage(ErrorCode code, String text) implements Message {
  static final int TYPE = 3;

  /** Bytes of text at most. */
  public static final int MAX_TEXT = 500;

  @Override
  public int type() {
    return TYPE;
  }

  @Override
  public void write(ByteWriter out) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    if (utf8.length > MAX_TEXT) {
      throw new IllegalArgumentException("error text too long");
    }
    out.u16(code.number()).u16(utf8.length).bytes(utf8);
  }

  static ErrorMessage read(ByteReader in) throws FormatException {
    ErrorCode code = ErrorCode.read(in);
    int length = in.u16();
    if (length > MAX_TEXT) {
      throw new FormatException("error text of " + length + " bytes");
    }
    return new ErrorMessage(code, in.utf8(length));
  }

  /** The text for terminals and logs, which control characters of a server's must not reach. */
  public String printable() {
    return text.replaceAll("\\p{Cntrl}", "?");
  }
}
