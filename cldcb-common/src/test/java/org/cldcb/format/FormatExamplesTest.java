package org.cldcb.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cldcb.chain.Claim;
import org.cldcb.chain.Delegation;
import org.cldcb.chain.Head;
import org.cldcb.chain.Position;
import org.cldcb.codec.Hash;
import org.cldcb.crypto.Digests;
import org.cldcb.crypto.MessageSignature;
import org.cldcb.crypto.PrivateKey;
import org.cldcb.docs.DocExamples;
import org.cldcb.io.Spool;
import org.junit.jupiter.api.Test;

/** The hex of docs/FORMAT.md is what the code makes, and the code reads it back. */
class FormatExamplesTest {
  static final String SQL =
      "INSERT INTO htlc_sigs (channelid, signature) VALUES (1, x'30440220deadbeef')";
  private static final String UNKNOWN = "INSERT INTO t VALUES (-5, 'é', NULL, x'00ff', 1.50)";
  private static final byte[] CHUNK =
      "SQLite format 3\0".repeat(256).getBytes(StandardCharsets.US_ASCII);

  @Test
  void documentSaysWhatTheCodeDoes() throws IOException {
    Map<String, String> examples = new LinkedHashMap<>();
    examples.put("keys", keys());
    examples.put("run-keys", runKeys());
    examples.put("packed", packed());
    examples.put("dictionary", hex(Digests.sha256(Dictionary.one().index().bytes())) + "\n");
    examples.put("record", record());
    examples.put("chunk", chunk());
    examples.put("manifest", manifest());
    examples.put("delta", delta());
    examples.put("claim", claim());
    DocExamples.check("FORMAT.md", examples);
  }

  private static String keys() {
    return line("n", ExampleKeys.NODE.bytes())
        + line("N", ExampleKeys.NODE.publicKey().bytes())
        + line("D", ExampleKeys.DELEGATE.publicKey().bytes())
        + line("E", ExampleKeys.EPHEMERAL.publicKey().bytes())
        + line("server public key", ExampleKeys.SERVER.publicKey().bytes())
        + line(
            "node key of an hsm_secret of 32 bytes 11",
            org.cldcb.crypto.HsmSecret.deriveNodeKey(ExampleKeys.bytes(0x11)).bytes());
  }

  private static String runKeys() {
    byte[] ephemeral = ExampleKeys.EPHEMERAL.ecdh(ExampleKeys.NODE.publicKey());
    byte[] delegate = ExampleKeys.DELEGATE.ecdh(ExampleKeys.NODE.publicKey());
    byte[] okm = RunKeys.derive(header(), ExampleKeys.IDENTITY, ephemeral, delegate);
    return line("ecdh(e, N)", ephemeral)
        + line("ecdh(d, N)", delegate)
        + line("header", header().bytes())
        + line("key", java.util.Arrays.copyOf(okm, 32))
        + line("nonce key", java.util.Arrays.copyOfRange(okm, 32, 64));
  }

  private static EnvelopeHeader header() {
    return new EnvelopeHeader(ExampleKeys.EPHEMERAL.publicKey(), ExampleKeys.DELEGATE.publicKey());
  }

  private static String packed() throws IOException {
    return packed("statement  ", SQL) + packed("statement  ", UNKNOWN);
  }

  private static String packed(String name, String statement) throws IOException {
    byte[] packed = PackedSql.pack(List.of(statement));
    assertThat(PackedSql.unpack(packed)).containsExactly(statement);
    return name + statement + "\n" + line("packed", packed);
  }

  private static String record() throws IOException {
    Position position = new Position(1, 2, 7, firstHead().digest());
    try (Spool spool = new Spool(java.nio.file.Path.of(""), 1 << 20);
        SealingRun run = ExampleKeys.run()) {
      RecordWriter writer = new RecordWriter(spool);
      writer.begin(ExampleKeys.TIME, true);
      writer.statement(SQL.toCharArray(), 0, SQL.length());
      writer.finish();
      EnvelopeParts parts = run.seal(new Place.OfRecord(position), spool);
      byte[] envelope = parts.next();
      assertThat(opened(new Place.OfRecord(position), envelope))
          .isEqualTo(spool.read().readAllBytes());
      return "place      generation 1, seq 2, data_version 7, prev "
          + position.prev().hex()
          + "\n"
          + line("plaintext", spool.read().readAllBytes())
          + line("envelope", envelope)
          + line("digest", parts.digest().bytes());
    }
  }

  private static String chunk() throws IOException {
    Hash id = ChunkCodec.id(ExampleKeys.CHUNK_ID_KEY, CHUNK);
    byte[] plaintext = ChunkCodec.encode(CHUNK);
    try (SealingRun run = ExampleKeys.run()) {
      EnvelopeParts parts = run.seal(new Place.OfChunk(id), Spool.of(plaintext));
      byte[] envelope = parts.next();
      byte[] opened = opened(new Place.OfChunk(id), envelope);
      assertThat(ChunkCodec.decode(new ByteArrayInputStream(opened), CHUNK.length))
          .isEqualTo(CHUNK);
      return "chunk      \"SQLite format 3\" and a zero byte, 256 times (4,096 bytes)\n"
          + line("id", id.bytes())
          + line("plaintext", plaintext)
          + line("envelope", envelope)
          + line("digest", parts.digest().bytes());
    }
  }

  private static String manifest() throws IOException {
    Hash id = ChunkCodec.id(ExampleKeys.CHUNK_ID_KEY, CHUNK);
    Hash digest;
    byte[] plaintext;
    Head head = firstHead();
    Position position =
        new Position(head.generation(), head.seq(), head.dataVersion(), head.digest());
    try (SealingRun run = ExampleKeys.run()) {
      EnvelopeParts chunk = run.seal(new Place.OfChunk(id), Spool.of(ChunkCodec.encode(CHUNK)));
      chunk.next();
      digest = chunk.digest();
      Manifest manifest =
          new Manifest(
              facts(ExampleKeys.CHAIN_ID, CHUNK.length),
              16_384,
              new ChunkList.Builder().add(id, digest).build(),
              root(CHUNK));
      plaintext = Manifests.encode(manifest);
      EnvelopeParts parts = run.seal(new Place.OfManifest(position), Spool.of(plaintext));
      byte[] envelope = parts.next();
      Manifest read =
          Manifest.decode(
              new ByteArrayInputStream(opened(new Place.OfManifest(position), envelope)));
      assertThat(Manifests.encode(read)).isEqualTo(plaintext);
      assertThat(read.facts().chainStart()).isEqualTo(position.prev());
      return "place      generation 1, seq 1, data_version 6, prev "
          + position.prev().hex()
          + "\n"
          + line("plaintext", plaintext)
          + line("envelope", envelope)
          + line("digest", parts.digest().bytes());
    }
  }

  /** On the manifest of the example, with the same block once more. */
  private static String delta() throws IOException {
    Hash parent = Hash.of(digestOf(manifest()));
    Position position = new Position(2, 2, 7, Hash.of(digestOf(record())));
    byte[] file = Arrays.copyOf(CHUNK, 2 * CHUNK.length);
    System.arraycopy(CHUNK, 0, file, CHUNK.length, CHUNK.length);
    try (Spool spool = new Spool(java.nio.file.Path.of(""), 1 << 20);
        DeltaWriter writer = new DeltaWriter(spool, facts(Hash.ZERO, file.length), parent);
        SealingRun run = ExampleKeys.run()) {
      writer.block(1, CHUNK, 0, CHUNK.length);
      writer.finish(root(file));
      EnvelopeParts parts = run.seal(new Place.OfManifest(position), spool);
      byte[] envelope = parts.next();
      byte[] opened = opened(new Place.OfManifest(position), envelope);
      try (DeltaReader read = new DeltaReader(new ByteArrayInputStream(opened))) {
        assertThat(read.parent()).isEqualTo(parent);
        assertThat(read.next()).isEqualTo(CHUNK);
        assertThat(read.index()).isEqualTo(1);
        assertThat(read.next()).isNull();
        assertThat(read.root()).isEqualTo(root(file));
      }
      return "file       that of the manifest above, and its block once more (8,192 bytes)\n"
          + "place      generation 2, seq 2, data_version 7, prev "
          + position.prev().hex()
          + "\n"
          + line("plaintext", opened)
          + line("envelope", envelope)
          + line("digest", parts.digest().bytes());
    }
  }

  private static BaseFacts facts(Hash chainId, long size) {
    return new BaseFacts(
        ExampleKeys.TIME, chainId, false, ExampleKeys.CHUNK_ID_KEY, size, List.of());
  }

  private static Hash root(byte[] file) {
    return new RootDigest().update(new BlockTags(ExampleKeys.CHUNK_ID_KEY).of(file)).finish();
  }

  /** What the last line of an example says. */
  private static byte[] digestOf(String example) {
    String line = example.stripTrailing();
    return HexFormat.of().parseHex(line.substring(line.length() - 2 * Hash.SIZE));
  }

  private static String claim() {
    var delegate = ExampleKeys.DELEGATE.publicKey();
    var server = ExampleKeys.SERVER.publicKey();
    MessageSignature delegation =
        MessageSignature.sign(ExampleKeys.NODE, Delegation.delegationText(delegate));
    MessageSignature claim =
        MessageSignature.sign(ExampleKeys.NODE, Delegation.claimText(1, delegate, server));
    assertThat(
            new Claim(1, delegate, delegation, claim).isValid(ExampleKeys.NODE.publicKey(), server))
        .isTrue();
    return line("delegation", delegation.bytes())
        + "           "
        + delegation.zbase32()
        + "\n"
        + line("claim 1", claim.bytes());
  }

  /** The head that the example's base starts. */
  static Head firstHead() {
    return new Head(1, 1, 6, org.cldcb.chain.ChainDigest.chainStart(ExampleKeys.CHAIN_ID));
  }

  private static byte[] opened(Place place, byte[] envelope) throws IOException {
    PrivateKey node = ExampleKeys.NODE;
    EnvelopeOpener opener = new EnvelopeOpener(ExampleKeys.nodeKey(node), ExampleKeys.IDENTITY);
    return opener
        .open(
            place,
            envelope,
            () -> {
              throw new IOException("no further part");
            })
        .readAllBytes();
  }

  static String line(String name, byte[] bytes) {
    return String.format("%-10s %s%n", name, hex(bytes));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
