package org.cldcb.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.cldcb.codec.ByteWriter;
import org.cldcb.codec.FormatException;
import org.cldcb.codec.Hash;
import org.cldcb.format.BaseFacts;
import org.cldcb.format.ChunkList;
import org.cldcb.format.ExampleKeys;
import org.cldcb.format.Manifest;
import org.cldcb.format.Manifests;
import org.cldcb.format.PackedSql;

/** Plaintexts of full manifests, FORMAT §7.1. */
final class ManifestKind implements Kind {
  private static final Hash A = Hash.of(ExampleKeys.bytes(0xaa));
  private static final Hash B = Hash.of(ExampleKeys.bytes(0xbb));
  private static final Hash ROOT = Hash.of(ExampleKeys.bytes(0xcc));
  private static final int FLAGS = 9;
  private static final int CHAIN_ID = 10;
  private static final int FILE_SIZE = 74;
  private static final int FINDINGS = 82;
  private static final int CHUNK_SIZE = 84;
  private static final int CHUNKS = 88;

  @Override
  public String name() {
    return "manifest";
  }

  @Override
  public List<Vector> all() {
    byte[] sound = Manifests.encode(manifest(ExampleKeys.CHAIN_ID, false, 6000, List.of(), 2));
    byte[] none = Manifests.encode(manifest(Hash.ZERO, false, 0, List.of(), 0));
    byte[] found = Manifests.encode(manifest(Hash.ZERO, false, 0, List.of("row 7 missing"), 0));
    return List.of(
        ok("chain-start", "starts a chain, two chunks", ExampleKeys.CHAIN_ID, false, 6000, 2),
        ok("on-head", "on a head of its chain", Hash.ZERO, false, 4096, 1),
        ok("migration", "foreign keys are off", ExampleKeys.CHAIN_ID, true, 4096, 1),
        ok("no-database", "no database yet", ExampleKeys.CHAIN_ID, false, 0, 0),
        vector("ok-finding", Vector.OK, "a finding", found, Hash.ZERO, false, 0, 0)
            .with("finding-0", "row 7 missing"),
        bad("form", "form 3", Bytes.put(sound, 0, (byte) 3)),
        bad("flags", "a reserved flag is set", Bytes.put(sound, FLAGS, (byte) 5)),
        bad(
            "chain-id-missing",
            "the flag is set, the chain id is zero",
            Bytes.put(sound, CHAIN_ID, new byte[32])),
        bad("chain-id-left-over", "a chain id without the flag", Bytes.put(sound, FLAGS, (byte) 0)),
        bad(
            "chunk-size-odd",
            "a chunk size that is no power of two",
            Bytes.put(none, CHUNK_SIZE, Bytes.hex("00001001"))),
        bad(
            "chunk-size-small",
            "chunks of 2,048 bytes",
            Bytes.put(none, CHUNK_SIZE, Bytes.hex("00000800"))),
        bad(
            "chunk-size-large",
            "chunks of 2 MiB",
            Bytes.put(none, CHUNK_SIZE, Bytes.hex("00200000"))),
        bad(
            "chunk-count",
            "a chunk more than the file has",
            Bytes.put(sound, CHUNKS + 3, (byte) 3)),
        bad(
            "file-size-huge",
            "a file of 2^62 - 1 bytes",
            Bytes.put(sound, FILE_SIZE, Bytes.hex("3fffffffffffffff"))),
        bad(
            "file-size-large",
            "a file of 2^36 + 1 bytes",
            Bytes.put(none, FILE_SIZE, Bytes.hex("0000001000000001"))),
        bad("findings-too-many", "101 findings", findings(none, 101, Bytes.hex("0000"))),
        bad(
            "finding-too-long",
            "a finding of 1,001 bytes",
            findings(none, 1, Bytes.resized(Bytes.hex("03e9"), 1001))),
        bad(
            "finding-no-utf8",
            "a finding that is no UTF-8",
            Bytes.put(found, FINDINGS + 4, (byte) 0xff)),
        bad("cut", "a byte is missing", Bytes.resized(sound, -1)),
        bad(
            "padding-not-zero",
            "the last byte of the padding isn't zero",
            Bytes.flipped(found, -1)),
        bad("padding-too-long", "a byte of padding too many", Bytes.resized(sound, 1)),
        bad("empty", "no bytes", new byte[0]));
  }

  private static Manifest manifest(
      Hash chainId, boolean off, long size, List<String> findings, int chunks) {
    ChunkList.Builder list = new ChunkList.Builder();
    for (int i = 0; i < chunks; i++) {
      list.add(i == 0 ? A : B, i == 0 ? B : A);
    }
    return new Manifest(
        new BaseFacts(ExampleKeys.TIME, chainId, off, ExampleKeys.CHUNK_ID_KEY, size, findings),
        4096,
        list.build(),
        ROOT);
  }

  /** The same manifest, of no chunks, with so many findings in it. */
  private static byte[] findings(byte[] none, int count, byte[] finding) {
    ByteWriter out = new ByteWriter().bytes(Arrays.copyOf(none, FINDINGS)).u16(count);
    for (int i = 0; i < count; i++) {
      out.bytes(finding);
    }
    byte[] whole = out.u32(4096).u32(0).hash(ROOT).toBytes();
    return Arrays.copyOf(whole, (int) PackedSql.padded(whole.length));
  }

  private static Vector ok(
      String name, String comment, Hash chainId, boolean off, long size, int chunks) {
    byte[] payload = Manifests.encode(manifest(chainId, off, size, List.of(), chunks));
    return vector("ok-" + name, Vector.OK, comment, payload, chainId, off, size, chunks);
  }

  private static Vector vector(
      String name,
      String expect,
      String comment,
      byte[] payload,
      Hash chainId,
      boolean off,
      long size,
      int chunks) {
    return Vector.of("manifest/" + name, expect, comment, payload)
        .with("time", Long.toString(ExampleKeys.TIME))
        .with("chain-id", chainId.hex())
        .with("foreign-keys-off", Boolean.toString(off))
        .with("chunk-id-key", ExampleKeys.CHUNK_ID_KEY)
        .with("file-size", Long.toString(size))
        .with("chunk-size", "4096")
        .with("root", ROOT.hex())
        .with("chunks", chunks(manifest(chainId, off, size, List.of(), chunks).chunks()));
  }

  private static byte[] chunks(ChunkList list) {
    ByteWriter out = new ByteWriter();
    for (int i = 0; i < list.size(); i++) {
      out.hash(list.id(i)).hash(list.digest(i));
    }
    return out.toBytes();
  }

  private static Vector bad(String name, String comment, byte[] payload) {
    return Vector.of("manifest/malformed-" + name, "malformed", comment, payload);
  }

  @Override
  public String read(Vector vector) throws IOException {
    try {
      Manifest read = Manifest.decode(new ByteArrayInputStream(vector.payload()));
      assertFacts(read.facts(), vector);
      assertThat(read.chunkSize()).isEqualTo((int) vector.number("chunk-size"));
      assertThat(chunks(read.chunks())).isEqualTo(vector.bytes("chunks"));
      assertThat(read.root().hex()).isEqualTo(vector.field("root"));
      return Vector.OK;
    } catch (FormatException e) {
      return "malformed";
    }
  }

  static void assertFacts(BaseFacts read, Vector vector) {
    assertThat(read.unixTime()).isEqualTo(vector.number("time"));
    assertThat(read.chainId().hex()).isEqualTo(vector.field("chain-id"));
    assertThat(Boolean.toString(read.foreignKeysOff())).isEqualTo(vector.field("foreign-keys-off"));
    assertThat(read.chunkIdKey()).isEqualTo(vector.bytes("chunk-id-key"));
    assertThat(read.fileSize()).isEqualTo(vector.number("file-size"));
    assertThat(read.findings())
        .isEqualTo(vector.has("finding-0") ? List.of(vector.field("finding-0")) : List.of());
  }
}
