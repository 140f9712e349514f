package org.cldcb.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cldcb.codec.FormatException;
import org.jspecify.annotations.Nullable;

/** Gives packed statements back as they were: the twin of {@link SqlPacker}. Not thread-safe. */
final class SqlUnpacker {
  /** Bytes of a statement at most: SQLite's own limit is a billion. */
  static final int MAX_STATEMENT = 1_000_000_000;

  private static final int MAX_VARINT_BITS = 63;
  private static final char REPLACEMENT = '\ufffd';

  private final InputStream in;
  private final List<Skeleton> shapes;
  private final byte[] buffer = new byte[4096];
  private byte[] statement = new byte[4096];
  private int length;

  /**
   * Unpacks.
   *
   * @param in packed statements; it may go on behind their end
   * @param shapes those that they may name by number
   */
  SqlUnpacker(InputStream in, List<Skeleton> shapes) {
    this.in = in;
    this.shapes = shapes;
  }

  /** The next statement, or null at the end of the record. */
  @Nullable String next() throws IOException {
    long form = varint();
    if (form == SqlPacker.END_OF_RECORD) {
      return null;
    }
    Skeleton skeleton = form == SqlPacker.SKELETON ? skeleton() : shape(form);
    length = 0;
    for (int i = 0; i < skeleton.literals(); ) {
      int tag = octet();
      int usual = tag & SqlPacker.MAX_SKIP;
      int kind = tag >> SqlPacker.KIND_SHIFT;
      if (kind == 0 && usual == 0) {
        usual = skeleton.literals() - i;
      }
      if (usual + (kind == 0 ? 0 : 1) > skeleton.literals() - i) {
        throw new FormatException("more literals than the statement has");
      }
      for (; usual > 0; usual--) {
        put(skeleton.piece(i));
        put(skeleton.usual(i++));
      }
      if (kind > 0) {
        put(skeleton.piece(i++));
        literal(kind);
      }
    }
    put(skeleton.piece(skeleton.literals()));
    return utf8();
  }

  private Skeleton shape(long form) throws FormatException {
    long number = form - SqlPacker.FIRST_SHAPE;
    if (number >= shapes.size()) {
      throw new FormatException("statement of shape " + number + ", of " + shapes.size());
    }
    return shapes.get((int) number);
  }

  private Skeleton skeleton() throws IOException {
    List<byte[]> pieces = new ArrayList<>();
    length = 0;
    int octet = octet();
    for (; octet != SqlPacker.END_OF_TEXT; octet = octet()) {
      if (octet != SqlPacker.LITERAL) {
        put(octet);
      } else if (pieces.size() == SqlScanner.MAX_LITERALS) {
        throw new FormatException("more than " + pieces.size() + " literals");
      } else {
        pieces.add(Arrays.copyOf(statement, length));
        length = 0;
      }
    }
    pieces.add(Arrays.copyOf(statement, length));
    return Skeleton.of(pieces);
  }

  private void literal(int kind) throws IOException {
    switch (kind) {
      case SqlScanner.NULL -> put("NULL".getBytes(StandardCharsets.US_ASCII));
      case SqlScanner.INTEGER -> put(Long.toString(varint()).getBytes(StandardCharsets.US_ASCII));
      case SqlScanner.NEGATIVE -> put(("-" + varint()).getBytes(StandardCharsets.US_ASCII));
      case SqlScanner.BLOB -> blob();
      case SqlScanner.STRING -> {
        put('\'');
        text();
        put('\'');
      }
      case SqlScanner.NUMBER -> text();
      default -> throw new FormatException("literal of kind " + kind);
    }
  }

  private void text() throws IOException {
    for (int octet = octet(); octet != SqlPacker.END_OF_TEXT; octet = octet()) {
      put(octet);
    }
  }

  private void blob() throws IOException {
    long left = varint();
    if (left > MAX_STATEMENT / 2) {
      throw new FormatException("blob of " + left + " bytes");
    }
    put('x');
    put('\'');
    while (left > 0) {
      int count = in.read(buffer, 0, (int) Math.min(left, buffer.length));
      if (count < 0) {
        throw endsEarly();
      }
      hex(count);
      left -= count;
    }
    put('\'');
  }

  private void hex(int count) throws FormatException {
    reserve(2 * count);
    for (int i = 0; i < count; i++) {
      statement[length++] = Hex.digit(buffer[i] >> 4);
      statement[length++] = Hex.digit(buffer[i]);
    }
  }

  private void put(int octet) throws FormatException {
    reserve(1);
    statement[length++] = (byte) octet;
  }

  private void put(byte[] bytes) throws FormatException {
    reserve(bytes.length);
    System.arraycopy(bytes, 0, statement, length, bytes.length);
    length += bytes.length;
  }

  private void reserve(int more) throws FormatException {
    int wanted = length + more;
    if (wanted > MAX_STATEMENT) {
      throw new FormatException("statement of more than " + MAX_STATEMENT + " bytes");
    }
    if (wanted > statement.length) {
      long roomy = Math.min(MAX_STATEMENT, statement.length * 2L);
      statement = Arrays.copyOf(statement, (int) Math.max(wanted, roomy));
    }
  }

  /** Strict: a statement that was mended here would replay as another one. */
  private String utf8() throws FormatException {
    String text = new String(statement, 0, length, StandardCharsets.UTF_8);
    return text.indexOf(REPLACEMENT) < 0 ? text : strictUtf8();
  }

  /** Tells what was mended from a replacement character that was there. */
  private String strictUtf8() throws FormatException {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(statement, 0, length))
          .toString();
    } catch (CharacterCodingException e) {
      throw new FormatException("statement that is not UTF-8");
    }
  }

  private long varint() throws IOException {
    long value = 0;
    for (int shift = 0; shift < MAX_VARINT_BITS; shift += 7) {
      int octet = octet();
      value |= (long) (octet & 0x7f) << shift;
      if (octet < 0x80) {
        return value;
      }
    }
    throw new FormatException("varint of more than 9 bytes");
  }

  private int octet() throws IOException {
    int octet = in.read();
    if (octet < 0) {
      throw endsEarly();
    }
    return octet;
  }

  private static FormatException endsEarly() {
    return new FormatException("record ends early");
  }
}
