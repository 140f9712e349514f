package org.cldcb.fuzz;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.cldcb.codec.ByteReader;
import org.cldcb.format.ChunkCodec;
import org.cldcb.format.Manifest;
import org.cldcb.format.RecordReader;
import org.cldcb.format.RecordWriter;
import org.cldcb.io.Spool;

/**
 * What is in an envelope. A record and a chunk are compressed, which can be done in many ways: they
 * are compared by what they hold.
 */
final class Plaintexts {
  private static final int MAX_CHUNK = 1 << 20;

  private Plaintexts() {}

  static void manifest(byte[] input) throws IOException {
    Same.bytes(input, Manifest.decode(new ByteArrayInputStream(input)).encode());
  }

  /** The input is the size that the manifest says, u32, then the plaintext. */
  static void chunk(byte[] input) throws IOException {
    ByteReader in = new ByteReader(input);
    int size = (int) (in.u32() % MAX_CHUNK) + 1;
    byte[] chunk = ChunkCodec.decode(new ByteArrayInputStream(in.rest()), size);
    byte[] plaintext = ChunkCodec.encode(chunk);
    Same.bytes(chunk, ChunkCodec.decode(new ByteArrayInputStream(plaintext), chunk.length));
  }

  static void record(byte[] input) throws IOException {
    Content content = content(new ByteArrayInputStream(input));
    try (Spool spool = new Spool(Path.of("target"), 1 << 20)) {
      RecordWriter writer = new RecordWriter(spool);
      writer.begin(content.unixTime, content.firstWrite);
      for (String statement : content.statements) {
        writer.statement(statement.toCharArray(), 0, statement.length());
      }
      writer.finish();
      Same.value(content, content(spool.read()));
    }
  }

  private static Content content(InputStream plaintext) throws IOException {
    try (RecordReader reader = new RecordReader(plaintext)) {
      List<String> statements = new ArrayList<>();
      String statement;
      while ((statement = reader.nextStatement()) != null) {
        statements.add(statement);
      }
      return new Content(reader.unixTime(), reader.firstWrite(), statements);
    }
  }

  private record Content(long unixTime, boolean firstWrite, List<String> statements) {}
}
