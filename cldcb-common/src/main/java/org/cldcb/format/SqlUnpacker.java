package org.cldcb.format;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.cldcb.codec.FormatException;
import org.jspecify.annotations.Nullable;

/** Gives packed statements back as they were: the twin of {@link SqlPacker}. Not thread-safe. */
final class SqlUnpacker {
  /** Bytes of a statement at most: SQLite's own limit is a billion. */
  static final int MAX_STATEMENT = 1_000_000_000;

  private final InputStream in;

  /**
   * Reads packed statements.
   *
   * @param in buffered: it is read byte by byte
   */
  SqlUnpacker(InputStream in) {
    this.in = in;
  }

  /** The next statement, or null at the end of the record. */
  @Nullable String next() throws IOException {
    int first = octet();
    if (first == SqlPacker.END_OF_RECORD) {
      if (in.read() != -1) {
        throw new FormatException("data after the end of a record");
      }
      return null;
    }
    ByteArrayOutputStream statement = new ByteArrayOutputStream(512);
    for (int octet = first; octet != SqlPacker.END_OF_STATEMENT; octet = octet()) {
      switch (octet) {
        case SqlPacker.LOWER_BLOB -> blob("x'", HexFormat.of(), statement);
        case SqlPacker.UPPER_BLOB -> blob("X'", HexFormat.of().withUpperCase(), statement);
        case SqlPacker.END_OF_RECORD -> throw new FormatException("record ends in a statement");
        default -> statement.write(octet);
      }
      if (statement.size() > MAX_STATEMENT) {
        throw new FormatException("statement of more than " + MAX_STATEMENT + " bytes");
      }
    }
    return utf8(statement.toByteArray());
  }

  private void blob(String prefix, HexFormat digits, ByteArrayOutputStream statement)
      throws IOException {
    int length = varint();
    byte[] blob = in.readNBytes(length);
    if (blob.length != length) {
      throw new FormatException("record ends in a blob");
    }
    statement.writeBytes(prefix.getBytes(StandardCharsets.US_ASCII));
    statement.writeBytes(digits.formatHex(blob).getBytes(StandardCharsets.US_ASCII));
    statement.write('\'');
  }

  /** Strict: a statement that was mended here would replay as another one. */
  private static String utf8(byte[] statement) throws FormatException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(statement)).toString();
    } catch (CharacterCodingException e) {
      throw new FormatException("statement that is not UTF-8");
    }
  }

  private int varint() throws IOException {
    long value = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      int octet = octet();
      value |= (long) (octet & 0x7f) << shift;
      if (octet < 0x80) {
        if (value > MAX_STATEMENT / 2) {
          throw new FormatException("blob of " + value + " bytes");
        }
        return (int) value;
      }
    }
    throw new FormatException("varint of more than 5 bytes");
  }

  private int octet() throws IOException {
    int octet = in.read();
    if (octet < 0) {
      throw new FormatException("record ends early");
    }
    return octet;
  }
}
