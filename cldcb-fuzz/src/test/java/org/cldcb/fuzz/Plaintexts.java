package org.cldcb.fuzz;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.cldcb.codec.ByteReader;
import org.cldcb.codec.Hash;
import org.cldcb.format.BaseFacts;
import org.cldcb.format.ChunkCodec;
import org.cldcb.format.DeltaReader;
import org.cldcb.format.DeltaWriter;
import org.cldcb.format.Manifest;
import org.cldcb.format.RecordReader;
import org.cldcb.format.RecordWriter;
import org.cldcb.io.Spool;

/**
 * What is in an envelope. A record, a chunk and a delta are compressed, which can be done in many
 * ways: they are compared by what they hold.
 */
final class Plaintexts {
  private static final int MAX_CHUNK = 1 << 20;

  private Plaintexts() {}

  static void manifest(byte[] input) throws IOException {
    try (Spool spool = new Spool(Path.of("target"), 1 << 20)) {
      Manifest.decode(new ByteArrayInputStream(input)).write(spool);
      Same.bytes(input, spool.read().readAllBytes());
    }
  }

  static void delta(byte[] input) throws IOException {
    Changes changes = changes(new ByteArrayInputStream(input));
    try (Spool spool = new Spool(Path.of("target"), 1 << 20);
        DeltaWriter writer = new DeltaWriter(spool, changes.facts, changes.parent)) {
      for (int i = 0; i < changes.blocks.size(); i++) {
        byte[] block = changes.blocks.get(i);
        writer.block(changes.indexes.get(i), block, 0, block.length);
      }
      writer.finish(changes.root);
      Changes again = changes(spool.read());
      Same.value(changes.indexes, again.indexes);
      Same.value(changes.root, again.root);
      for (int i = 0; i < changes.blocks.size(); i++) {
        Same.bytes(changes.blocks.get(i), again.blocks.get(i));
      }
    }
  }

  private static Changes changes(InputStream plaintext) throws IOException {
    try (DeltaReader reader = new DeltaReader(plaintext)) {
      List<Long> indexes = new ArrayList<>();
      List<byte[]> blocks = new ArrayList<>();
      for (byte[] block = reader.next(); block != null; block = reader.next()) {
        indexes.add(reader.index());
        blocks.add(block);
      }
      return new Changes(reader.facts(), reader.parent(), indexes, blocks, reader.root());
    }
  }

  private record Changes(
      BaseFacts facts, Hash parent, List<Long> indexes, List<byte[]> blocks, Hash root) {}

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
