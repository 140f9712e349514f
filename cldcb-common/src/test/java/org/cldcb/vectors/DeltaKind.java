package org.cldcb.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.cldcb.codec.ByteWriter;
import org.cldcb.codec.FormatException;
import org.cldcb.codec.Hash;
import org.cldcb.format.BaseFacts;
import org.cldcb.format.BlockTags;
import org.cldcb.format.DeltaReader;
import org.cldcb.format.DeltaWriter;
import org.cldcb.format.ExampleKeys;
import org.cldcb.format.PackedSql;
import org.cldcb.io.Spool;

/** Plaintexts of deltas, FORMAT §7.2. */
final class DeltaKind implements Kind {
  private static final Hash PARENT = Hash.of(ExampleKeys.bytes(0xaa));
  private static final Hash ROOT = Hash.of(ExampleKeys.bytes(0xcc));
  private static final int FLAGS = 9;
  private static final int STREAM = 116;

  /** Two blocks and a piece of a third. */
  private static final long SIZE = 2 * BlockTags.BLOCK + 100;

  @Override
  public String name() {
    return "delta";
  }

  @Override
  public List<Vector> all() {
    byte[] none = delta();
    return List.of(
        ok("nothing-changed", "no block"),
        ok("one-block", "a block in the middle", 1),
        ok("all-blocks", "every block, the last one short", 0, 1, 2),
        bad("chain-start", "starts a chain", startingAChain(none)),
        bad("block-beyond", "a fourth block of three", raw(stored(new byte[] {4}, 10, 0))),
        bad("block-short", "ends within a block", raw(stored(new byte[] {3}, 50))),
        bad("no-end", "no block, and no end", raw(stored(new byte[] {}, 0))),
        bad("varint-long", "a varint of five bytes", raw(varint())),
        bad("behind-end", "a byte behind the end", raw(stored(new byte[] {0, 0}, 0))),
        bad("root-missing", "ends behind the blocks", Arrays.copyOf(none, none.length - 33)),
        bad("not-deflate", "no DEFLATE stream", Bytes.put(none, STREAM, (byte) 7)),
        bad("padding-not-zero", "the last byte isn't zero", Bytes.flipped(delta(1), -1)),
        bad("padding-too-long", "a byte of padding too many", Bytes.resized(none, 1)));
  }

  private static byte[] startingAChain(byte[] none) {
    return Bytes.put(Bytes.put(none, FLAGS, (byte) 1), FLAGS + 1, ExampleKeys.CHAIN_ID.bytes());
  }

  private static byte[] delta(int... blocks) {
    Spool spool = new Spool(Path.of(""), Integer.MAX_VALUE);
    BaseFacts facts =
        new BaseFacts(
            ExampleKeys.TIME, Hash.ZERO, false, ExampleKeys.CHUNK_ID_KEY, SIZE, List.of());
    try (DeltaWriter writer = new DeltaWriter(spool, facts, PARENT)) {
      for (int block : blocks) {
        writer.block(block, block(block), 0, BlockTags.length(block, SIZE));
      }
      writer.finish(ROOT);
      return spool.read().readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] block(int index) {
    byte[] block = new byte[BlockTags.length(index, SIZE)];
    Arrays.fill(block, (byte) (index + 1));
    return block;
  }

  /** A stored DEFLATE block: a varint, so many bytes, more. */
  private static byte[] stored(byte[] begin, int zeros, int... more) {
    ByteWriter data = new ByteWriter().bytes(begin).bytes(new byte[zeros]);
    for (int octet : more) {
      data.u8(octet);
    }
    int length = data.length();
    ByteWriter out = new ByteWriter().u8(1);
    out.u8(length).u8(length >> 8).u8(~length).u8(~length >> 8);
    return out.bytes(data.toBytes()).toBytes();
  }

  private static byte[] varint() {
    return stored(new byte[] {-127, -128, -128, -128, 0}, 0);
  }

  /** The delta of nothing, with another stream. */
  private static byte[] raw(byte[] stream) {
    byte[] unpadded =
        new ByteWriter().bytes(Arrays.copyOf(delta(), STREAM)).bytes(stream).hash(ROOT).toBytes();
    return Arrays.copyOf(unpadded, (int) PackedSql.padded(unpadded.length));
  }

  private static Vector ok(String name, String comment, int... blocks) {
    Vector vector =
        Vector.of("delta/ok-" + name, Vector.OK, comment, delta(blocks))
            .with("time", Long.toString(ExampleKeys.TIME))
            .with("chain-id", Hash.ZERO.hex())
            .with("foreign-keys-off", "false")
            .with("chunk-id-key", ExampleKeys.CHUNK_ID_KEY)
            .with("file-size", Long.toString(SIZE))
            .with("parent", PARENT.hex())
            .with("root", ROOT.hex())
            .with("blocks", Arrays.toString(blocks));
    for (int block : blocks) {
      vector = vector.with("block-" + block, block(block));
    }
    return vector;
  }

  private static Vector bad(String name, String comment, byte[] payload) {
    return Vector.of("delta/malformed-" + name, "malformed", comment, payload);
  }

  @Override
  public String read(Vector vector) throws IOException {
    try (DeltaReader read = new DeltaReader(new ByteArrayInputStream(vector.payload()))) {
      StringBuilder blocks = new StringBuilder();
      for (byte[] block = read.next(); block != null; block = read.next()) {
        if (vector.has("blocks")) {
          assertThat(block).isEqualTo(vector.bytes("block-" + read.index()));
        }
        blocks.append(blocks.isEmpty() ? "" : ", ").append(read.index());
      }
      Hash root = read.root();
      ManifestKind.assertFacts(read.facts(), vector);
      assertThat(read.parent().hex()).isEqualTo(vector.field("parent"));
      assertThat(root.hex()).isEqualTo(vector.field("root"));
      assertThat("[" + blocks + "]").isEqualTo(vector.field("blocks"));
      return Vector.OK;
    } catch (FormatException e) {
      return "malformed";
    }
  }
}
