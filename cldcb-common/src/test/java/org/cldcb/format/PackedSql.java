package org.cldcb.format;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Packing and padding, for the tests here and elsewhere. */
public final class PackedSql {
  private PackedSql() {}

  public static byte[] pack(List<String> statements) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SqlPacker packer = new SqlPacker(out);
    for (String statement : statements) {
      packer.statement(statement.toCharArray(), 0, statement.length());
    }
    packer.end();
    return out.toByteArray();
  }

  public static List<String> unpack(byte[] packed) throws IOException {
    SqlUnpacker unpacker = new SqlUnpacker(new ByteArrayInputStream(packed));
    List<String> statements = new ArrayList<>();
    for (String next = unpacker.next(); next != null; next = unpacker.next()) {
      statements.add(next);
    }
    return statements;
  }

  public static long padded(long length) {
    return Padme.padded(length);
  }
}
