package org.cldcb.format;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.cldcb.codec.FormatException;

/** Packing, compressing and padding, for the tests here and elsewhere. */
public final class PackedSql {
  private PackedSql() {}

  /** Packed with the shapes of codec 1, not compressed. */
  public static byte[] pack(List<String> statements) throws IOException {
    return pack(Dictionary.one(), statements);
  }

  static byte[] pack(Dictionary dictionary, List<String> statements) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    LzWriter into = new LzWriter(new LzIndex(new byte[0]), packed);
    SqlPacker packer = new SqlPacker(dictionary, into);
    for (String statement : statements) {
      packer.statement(statement.toCharArray(), 0, statement.length());
    }
    packer.end();
    return decompress(new byte[0], packed.toByteArray());
  }

  static Dictionary noShapes() throws IOException {
    return new Dictionary(new byte[1]);
  }

  static byte[] decompress(byte[] compressed) throws IOException {
    return decompress(Dictionary.one().index().bytes(), compressed);
  }

  static byte[] compress(byte[] packed) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    LzWriter writer = new LzWriter(Dictionary.one().index(), out);
    for (byte octet : packed) {
      writer.put(octet);
    }
    writer.finish();
    return out.toByteArray();
  }

  static byte[] decompress(byte[] dictionary, byte[] compressed) throws IOException {
    LzReader in = new LzReader(dictionary, new ByteArrayInputStream(compressed));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    while (!in.isWhole() || in.compressedSize() < compressed.length) {
      out.write(in.read());
    }
    return out.toByteArray();
  }

  public static List<String> unpack(byte[] packed) throws IOException {
    ByteArrayInputStream in = new ByteArrayInputStream(packed);
    SqlUnpacker unpacker = new SqlUnpacker(in, Dictionary.one().skeletons());
    List<String> statements = new ArrayList<>();
    for (String next = unpacker.next(); next != null; next = unpacker.next()) {
      statements.add(next);
    }
    if (in.available() > 0) {
      throw new FormatException("data after the end of a record");
    }
    return statements;
  }

  public static long padded(long length) {
    return Padme.padded(length);
  }
}
