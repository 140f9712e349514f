package org.cldcb.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cldcb.codec.ByteWriter;
import org.cldcb.codec.FormatException;
import org.cldcb.codec.Hash;
import org.cldcb.format.ChunkCodec;
import org.cldcb.format.ExampleKeys;
import org.cldcb.format.PackedSql;
import org.cldcb.format.RecordReader;

/** What is in the envelopes of records and chunks, FORMAT §5 and §6. */
final class PlaintextKinds {
  private static final String MALFORMED = "malformed";

  private PlaintextKinds() {}

  private static Vector statements(Vector vector, List<String> statements) {
    Vector with = vector.with("statements", Integer.toString(statements.size()));
    for (int i = 0; i < statements.size(); i++) {
      with = with.with("statement-" + i, statements.get(i).getBytes(StandardCharsets.UTF_8));
    }
    return with;
  }

  private static void assertStatements(Vector vector, List<String> read) {
    assertThat(read).hasSize((int) vector.number("statements"));
    for (int i = 0; i < read.size(); i++) {
      assertThat(read.get(i).getBytes(StandardCharsets.UTF_8))
          .isEqualTo(vector.bytes("statement-" + i));
    }
  }

  /** Statements with their blobs packed. */
  static final class Packed implements Kind {
    @Override
    public String name() {
      return "packed";
    }

    @Override
    public List<Vector> all() {
      return List.of(
          ok("none", "a record without statements", List.of()),
          ok("text", "no blob in it", List.of("SELECT 1")),
          ok("lower", "a blob in lower case", List.of("INSERT INTO t VALUES (x'00ff')")),
          ok("upper", "a blob in upper case", List.of("INSERT INTO t VALUES (X'00FF')")),
          ok("digits-only", "a blob of digits that have no case", List.of("x'0123', X'0123'")),
          ok(
              "long-blob",
              "a blob whose length takes two bytes",
              List.of("x'" + "ab".repeat(200) + "'")),
          ok(
              "not-packed",
              "what looks like a blob but isn't one",
              List.of("x'', x'0', x'aB', x'0g', ex'00'")),
          ok(
              "utf8",
              "two statements, one not ASCII",
              List.of("UPDATE t SET a='ä€𝄞'", "DELETE FROM t")),
          ok("numbers", "plain and other numbers", List.of("1, -2, 0, -0, 007, 1.5, 1e5, NULL")),
          ok(
              "shape",
              "a statement of the dictionary's",
              List.of("DELETE FROM channel_feerates WHERE channel_id=77")),
          ok("many", "more places than a tag can skip", List.of("NULL, ".repeat(40) + "1")),
          bad("empty", "no end of the record", ""),
          bad("no-end", "the statement ends, the record doesn't", "0141fe"),
          bad("within-skeleton", "the record ends within a skeleton", "0141"),
          bad("within-literals", "the record ends before a tag", "01fffe"),
          bad("after-end", "a byte after the end of the record", "0141fe0000"),
          bad("blob-cut", "the record ends within a blob", "01fffe8005"),
          bad("blob-huge", "a blob of 4 GiB", "01fffe80ffffffff0f00"),
          bad("varint-long", "a varint of ten bytes", "01fffe40808080808080808080" + "0000"),
          bad("kind", "a literal of kind 7", "01fffee000"),
          bad("skip", "skips two places of one", "01fffe0200"),
          bad("shape", "a shape that the dictionary doesn't have", "ff7f00"),
          bad("literals", "1,025 literals", "01" + "ff".repeat(1025) + "fe0000"),
          bad("utf8", "bytes that are no UTF-8", "01c328fe00"));
    }

    private static Vector ok(String name, String comment, List<String> statements) {
      try {
        byte[] packed = PackedSql.pack(statements);
        return statements(Vector.of("packed/ok-" + name, Vector.OK, comment, packed), statements);
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }

    private static Vector bad(String name, String comment, String hex) {
      return Vector.of("packed/malformed-" + name, MALFORMED, comment, Bytes.hex(hex));
    }

    @Override
    public String read(Vector vector) throws IOException {
      try {
        List<String> read = PackedSql.unpack(vector.payload());
        assertStatements(vector, read);
        assertThat(PackedSql.pack(read)).isEqualTo(vector.payload());
        return Vector.OK;
      } catch (FormatException e) {
        return MALFORMED;
      }
    }
  }

  /** The plaintext of a record. */
  static final class Record implements Kind {
    private static final String EXAMPLE = "000000006553f1000101a117400180088e0ba0deadbeef00";
    private static final String EXAMPLE_SQL =
        "INSERT INTO htlc_sigs (channelid, signature) VALUES (1, x'30440220deadbeef')";
    private static final String SQL =
        "UPDATE vars SET intval = 8 WHERE name = 'data_version' AND intval = 7";

    @Override
    public String name() {
      return "record";
    }

    @Override
    public List<Vector> all() {
      byte[] packed = packed(SQL);
      byte[] sound = record(0, packed);
      byte[] unpadded = unpadded(0, packed);
      return List.of(
          statements(ok("write", "a write", sound, false), List.of(SQL)),
          statements(
              ok("first-write", "the first write of a process", record(1, packed), true),
              List.of(SQL)),
          statements(
              ok(
                  "pragma",
                  "outside any transaction",
                  record(0, packed("PRAGMA foreign_keys = OFF;")),
                  false),
              List.of("PRAGMA foreign_keys = OFF;")),
          statements(
              ok(
                  "dictionary",
                  "the example of FORMAT.md, with the dictionary",
                  Bytes.hex(EXAMPLE),
                  true),
              List.of(EXAMPLE_SQL)),
          bad("flags", "a reserved flag is set", Bytes.put(sound, 8, (byte) 2)),
          bad("codec", "codec 2", Bytes.put(sound, 9, (byte) 2)),
          bad("time", "a time of 2^62", Bytes.put(sound, 0, (byte) 0x40)),
          bad("header", "ends within the header", Arrays.copyOf(sound, 9)),
          bad(
              "padding-not-zero",
              "a byte of the padding isn't zero",
              padded(Bytes.resized(unpadded, 1), unpadded.length)),
          bad("padding-missing", "a byte of padding too few", Bytes.resized(sound, -1)),
          bad("padding-too-long", "a byte of padding too many", Bytes.resized(sound, 1)),
          bad("sequence-cut", "ends within the first sequence", Arrays.copyOf(sound, 14)),
          bad("no-match", "a distance, but no match", Bytes.put(sound, 10, (byte) 0x10)),
          bad(
              "match-beyond",
              "a match before the dictionary's start",
              Bytes.hex("000000006553f100000101ffff7f")),
          bad(
              "no-end",
              "the statements have no end",
              record(0, Arrays.copyOf(packed, packed.length - 1))),
          bad(
              "after-end",
              "data after the end of the statements",
              record(0, Bytes.resized(packed, 1))));
    }

    private static Vector ok(String name, String comment, byte[] payload, boolean first) {
      return Vector.of("record/ok-" + name, Vector.OK, comment, payload)
          .with("time", Long.toString(ExampleKeys.TIME))
          .with("first-write", Boolean.toString(first));
    }

    private static Vector bad(String name, String comment, byte[] payload) {
      return Vector.of("record/malformed-" + name, MALFORMED, comment, payload);
    }

    private static byte[] packed(String statement) {
      try {
        return PackedSql.pack(List.of(statement));
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }

    private static byte[] record(int flags, byte[] packed) {
      byte[] unpadded = unpadded(flags, packed);
      return Arrays.copyOf(unpadded, (int) PackedSql.padded(unpadded.length));
    }

    private static byte[] padded(byte[] bytes, int at) {
      byte[] padded = Arrays.copyOf(bytes, (int) PackedSql.padded(bytes.length));
      padded[at] = 1;
      return padded;
    }

    /** As one sequence of literals, so that it is the same whatever a writer finds to match. */
    private static byte[] unpadded(int flags, byte[] packed) {
      ByteWriter out = new ByteWriter().u64(ExampleKeys.TIME).u8(flags).u8(1);
      int beyond = packed.length - 7;
      if (beyond < 0) {
        out.u8(packed.length << 5);
      } else if (beyond < 0x80) {
        out.u8(0xe0).u8(beyond);
      } else {
        out.u8(0xe0).u8(0x80 | beyond & 0x7f).u8(beyond >> 7);
      }
      return out.bytes(packed).toBytes();
    }

    @Override
    public String read(Vector vector) throws IOException {
      try (RecordReader reader = new RecordReader(new ByteArrayInputStream(vector.payload()))) {
        List<String> statements = new ArrayList<>();
        for (String next = reader.nextStatement(); next != null; next = reader.nextStatement()) {
          statements.add(next);
        }
        assertStatements(vector, statements);
        assertThat(reader.unixTime()).isEqualTo(vector.number("time"));
        assertThat(reader.firstWrite())
            .isEqualTo(Boolean.parseBoolean(vector.field("first-write")));
        return Vector.OK;
      } catch (FormatException e) {
        return MALFORMED;
      }
    }
  }

  /** The plaintext of a chunk, and its id. */
  static final class Chunk implements Kind {
    /** {@link #CONTENT}, and 64 KiB of zeros, as zlib makes them. */
    private static final String DEFLATED =
        "edc7d915c0100000b09594bac641d97f84eee1257f094f4c6f2eb5f531d7b74f70777777777777f7ebfe03";

    private static final String BOMB = "edc101010000008090feafee080a" + "00".repeat(63) + "6a";
    private static final byte[] CONTENT =
        "0123456789abcdef".repeat(256).getBytes(StandardCharsets.US_ASCII);

    @Override
    public String name() {
      return "chunk";
    }

    @Override
    public List<Vector> all() {
      byte[] sound = chunk(0, CONTENT);
      byte[] deflated = chunk(1, stored(CONTENT));
      return List.of(
          chunk("ok-stored", Vector.OK, "codec 0", sound),
          chunk("ok-deflated", Vector.OK, "codec 1", chunk(1, Bytes.hex(DEFLATED))),
          chunk("wrong-id", "wrong-id", "another chunk's id", sound)
              .with("id", ExampleKeys.bytes(1)),
          chunk("malformed-codec", MALFORMED, "codec 2", chunk(2, CONTENT)),
          chunk(
              "malformed-too-short",
              MALFORMED,
              "fewer bytes than the chunk has",
              chunk(0, Arrays.copyOf(CONTENT, 4095))),
          chunk(
              "malformed-too-long",
              MALFORMED,
              "more bytes than the chunk has",
              chunk(0, Arrays.copyOf(CONTENT, 4097))),
          chunk(
              "malformed-length",
              MALFORMED,
              "a length of 4 GiB",
              Bytes.put(sound, 1, Bytes.hex("ffffffff"))),
          chunk("malformed-bomb", MALFORMED, "inflates to 64 KiB", chunk(1, Bytes.hex(BOMB))),
          chunk(
              "malformed-inflates-short",
              MALFORMED,
              "inflates to a byte too few",
              chunk(1, stored(Arrays.copyOf(CONTENT, 4000)))),
          chunk(
              "malformed-not-deflate",
              MALFORMED,
              "no DEFLATE stream",
              chunk(1, Bytes.put(Arrays.copyOf(CONTENT, 64), 0, (byte) 7))),
          chunk(
              "malformed-padding",
              MALFORMED,
              "a byte of padding too many",
              Bytes.resized(sound, 1)),
          chunk("malformed-cut", MALFORMED, "ends within the data", Arrays.copyOf(deflated, 100)));
    }

    private static Vector chunk(String name, String expect, String comment, byte[] payload) {
      return Vector.of("chunk/" + name, expect, comment, payload)
          .with("chunk-id-key", ExampleKeys.CHUNK_ID_KEY)
          .with("size", Integer.toString(CONTENT.length))
          .with("id", ChunkCodec.id(ExampleKeys.CHUNK_ID_KEY, CONTENT).bytes());
    }

    private static byte[] chunk(int codec, byte[] data) {
      byte[] unpadded = new ByteWriter().u8(codec).u32(data.length).bytes(data).toBytes();
      return Arrays.copyOf(unpadded, (int) PackedSql.padded(unpadded.length));
    }

    @Override
    public String read(Vector vector) throws IOException {
      try {
        byte[] content =
            ChunkCodec.decode(
                new ByteArrayInputStream(vector.payload()), (int) vector.number("size"));
        Hash id = ChunkCodec.id(vector.bytes("chunk-id-key"), content);
        return id.hex().equals(vector.field("id")) ? Vector.OK : "wrong-id";
      } catch (FormatException e) {
        return MALFORMED;
      }
    }
  }

  /** A DEFLATE stream of one stored block. */
  private static byte[] stored(byte[] data) {
    return block(true, data);
  }

  private static byte[] block(boolean last, byte[] data) {
    ByteWriter out = new ByteWriter().u8(last ? 1 : 0);
    out.u8(data.length).u8(data.length >> 8).u8(~data.length).u8(~data.length >> 8);
    return out.bytes(data).toBytes();
  }
}
