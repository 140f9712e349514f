package org.cldcb.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import org.cldcb.chain.Network;
import org.cldcb.chain.Position;
import org.cldcb.codec.ByteReader;
import org.cldcb.codec.FormatException;
import org.cldcb.codec.Hash;
import org.cldcb.crypto.PrivateKey;
import org.cldcb.format.EnvelopeException;
import org.cldcb.format.EnvelopeInputStream;
import org.cldcb.format.EnvelopeOpener;
import org.cldcb.format.EnvelopeParts;
import org.cldcb.format.ExampleKeys;
import org.cldcb.format.Identity;
import org.cldcb.format.Place;
import org.cldcb.format.SealingRun;
import org.cldcb.io.Spool;

/** Envelopes, FORMAT §3 and §4. */
final class EnvelopeKind implements Kind {
  private static final int HEADER = 67;
  private static final int FULL = 32_768;
  private static final Hash PREV = Hash.of(ExampleKeys.bytes(0xaa));
  private static final Position POSITION = new Position(3, 42, 1042, PREV);
  private static final Place RECORD = new Place.OfRecord(POSITION);
  private static final Place MANIFEST = new Place.OfManifest(POSITION);
  private static final Place CHUNK = new Place.OfChunk(PREV);
  private static final byte[] PLAINTEXT = Bytes.hex("00112233445566778899aabbccddeeff");
  private static final String AT_RECORD = "record 3 42 1042 " + PREV.hex();

  @Override
  public String name() {
    return "envelope";
  }

  @Override
  public List<Vector> all() {
    List<Vector> all = new ArrayList<>();
    byte[] one = Bytes.joined(sealed(RECORD, PLAINTEXT));
    all.add(ok("record", "a record of 16 bytes", AT_RECORD, RECORD, PLAINTEXT));
    all.add(ok("one-byte", "the least that a segment holds", AT_RECORD, RECORD, new byte[1]));
    all.add(ok("manifest", "a manifest", "manifest" + AT_RECORD.substring(6), MANIFEST, PLAINTEXT));
    all.add(ok("chunk", "a chunk", "chunk " + PREV.hex(), CHUNK, PLAINTEXT));
    all.add(
        ok(
            "two-segments",
            "a full segment and one of a byte",
            AT_RECORD,
            RECORD,
            new byte[FULL + 1]));
    altered(all, one);
    malformed(all, one);
    List<byte[]> two = sealed(RECORD, new byte[FULL + 1]);
    all.add(
        bad(
            "truncated-last-segment-missing",
            "truncated",
            "ends where a segment that isn't the last ends",
            two.get(0)));
    all.add(
        bad(
            "altered-said-to-be-last",
            "altered",
            "the first of two segments, marked as the last",
            Bytes.put(two.get(0), HEADER, (byte) 0x80)));
    return all;
  }

  private void altered(List<Vector> all, byte[] one) {
    all.add(
        bad("altered-tag", "altered", "a bit of the last tag is flipped", Bytes.flipped(one, -1)));
    all.add(
        bad(
            "altered-ciphertext",
            "altered",
            "a bit of the ciphertext is flipped",
            Bytes.flipped(one, HEADER + 16)));
    all.add(
        bad(
            "altered-nonce",
            "altered",
            "a bit of the nonce is flipped",
            Bytes.flipped(one, HEADER + 4)));
    byte[] other = PrivateKey.of(ExampleKeys.bytes(0x77)).publicKey().bytes();
    all.add(bad("altered-ephemeral-key", "altered", "E is another key", Bytes.put(one, 1, other)));
    all.add(bad("altered-delegate-key", "altered", "D is another key", Bytes.put(one, 34, other)));
    for (String[] place :
        new String[][] {
          {"generation", "record 4 42 1042 " + PREV.hex()},
          {"seq", "record 3 43 1042 " + PREV.hex()},
          {"data-version", "record 3 42 1041 " + PREV.hex()},
          {"prev", "record 3 42 1042 " + Hash.ZERO.hex()},
          {"kind", "manifest 3 42 1042 " + PREV.hex()}
        }) {
      all.add(
          bad("altered-place-" + place[0], "altered", "it was sealed at another place", one)
              .with("place", place[1]));
    }
    all.add(
        bad("altered-network", "altered", "it was sealed for regtest", one)
            .with("network", "bitcoin"));
    all.add(
        bad("altered-node", "altered", "it was sealed to another node", one)
            .with("node-key", ExampleKeys.bytes(0x12)));
    all.add(forged());
  }

  private void malformed(List<Vector> all, byte[] one) {
    all.add(bad("malformed-empty", "malformed", "no bytes", new byte[0]));
    all.add(bad("malformed-header-only", "malformed", "no segment", Arrays.copyOf(one, HEADER)));
    all.add(bad("malformed-version", "malformed", "format version 2", Bytes.put(one, 0, (byte) 2)));
    all.add(
        bad(
            "malformed-ephemeral-key",
            "malformed",
            "E isn't a point",
            Bytes.put(one, 1, (byte) 5)));
    all.add(
        bad(
            "malformed-delegate-key",
            "malformed",
            "D isn't a point",
            Bytes.put(one, 34, (byte) 5)));
    all.add(
        bad(
            "malformed-length-zero",
            "malformed",
            "a segment of length 0",
            Bytes.put(one, HEADER, Bytes.hex("80000000"))));
    all.add(
        bad(
            "malformed-length-huge",
            "malformed",
            "a segment of 2 GiB",
            Bytes.put(one, HEADER, Bytes.hex("ffffffff"))));
    all.add(
        bad(
            "malformed-no-plaintext",
            "malformed",
            "a segment of no plaintext byte",
            Arrays.copyOf(Bytes.put(one, HEADER, Bytes.hex("8000001c")), HEADER + 32)));
    all.add(
        bad(
            "malformed-not-last-but-short",
            "malformed",
            "a short segment that isn't marked as the last",
            Bytes.put(one, HEADER, (byte) 0)));
    all.add(
        bad("malformed-byte-missing", "malformed", "a byte is missing", Bytes.resized(one, -1)));
    all.add(
        bad(
            "malformed-byte-left-over",
            "malformed",
            "a byte after the last segment",
            Bytes.resized(one, 1)));
  }

  /** What a server can do that knows N and D: both shares are of a key of its own. */
  private Vector forged() {
    PrivateKey own = PrivateKey.of(ExampleKeys.bytes(0x77));
    try (SealingRun run = ExampleKeys.run(own, own)) {
      byte[] forged = Bytes.joined(parts(run, RECORD, PLAINTEXT));
      byte[] delegate = ExampleKeys.DELEGATE.publicKey().bytes();
      return bad(
          "altered-forged",
          "altered",
          "sealed without the delegate's secret",
          Bytes.put(forged, 34, delegate));
    }
  }

  private Vector ok(String name, String comment, String at, Place place, byte[] plaintext) {
    byte[] envelope = Bytes.joined(sealed(place, plaintext));
    Vector vector = bad("ok-" + name, Vector.OK, comment, envelope).with("place", at);
    String hex = HexFormat.of().formatHex(plaintext);
    return vector
        .with("plaintext", plaintext.length > 64 ? "00 * " + plaintext.length : hex)
        .with("digest", digest(place, plaintext));
  }

  private Vector bad(String name, String expect, String comment, byte[] payload) {
    return Vector.of(name() + "/" + name, expect, comment, payload)
        .with("node-key", ExampleKeys.NODE.bytes())
        .with("network", "regtest")
        .with("place", AT_RECORD);
  }

  private static List<byte[]> sealed(Place place, byte[] plaintext) {
    try (SealingRun run = ExampleKeys.run()) {
      return parts(run, place, plaintext);
    }
  }

  private static byte[] digest(Place place, byte[] plaintext) {
    try (SealingRun run = ExampleKeys.run()) {
      EnvelopeParts parts = run.seal(place, Spool.of(plaintext));
      while (parts.hasNext()) {
        parts.next();
      }
      return parts.digest().bytes();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<byte[]> parts(SealingRun run, Place place, byte[] plaintext) {
    try {
      EnvelopeParts parts = run.seal(place, Spool.of(plaintext));
      List<byte[]> all = new ArrayList<>();
      while (parts.hasNext()) {
        all.add(parts.next());
      }
      return all;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String read(Vector vector) throws IOException {
    PrivateKey node = PrivateKey.of(vector.bytes("node-key"));
    Identity identity = new Identity(new Network(vector.field("network")), node.publicKey());
    Deque<byte[]> parts = cut(vector.payload());
    try (EnvelopeOpener opener = new EnvelopeOpener(ExampleKeys.nodeKey(node), identity)) {
      EnvelopeInputStream in =
          opener.open(place(vector.field("place")), parts.remove(), () -> next(parts));
      byte[] plaintext = in.readAllBytes();
      assertThat(plaintext).isEqualTo(plaintext(vector.field("plaintext")));
      assertThat(in.digest().bytes()).isEqualTo(vector.bytes("digest"));
      return Vector.OK;
    } catch (EnvelopeException e) {
      return "altered";
    } catch (FormatException e) {
      return "malformed";
    } catch (Truncated e) {
      return "truncated";
    }
  }

  private static byte[] plaintext(String text) {
    return text.startsWith("00 * ")
        ? new byte[Integer.parseInt(text.substring(5))]
        : Bytes.hex(text);
  }

  private static Place place(String text) {
    String[] words = text.split(" ", -1);
    if (words[0].equals("chunk")) {
      return new Place.OfChunk(Hash.of(Bytes.hex(words[1])));
    }
    Position position =
        new Position(
            Long.parseLong(words[1]),
            Long.parseLong(words[2]),
            Long.parseLong(words[3]),
            Hash.of(Bytes.hex(words[4])));
    return words[0].equals("record")
        ? new Place.OfRecord(position)
        : new Place.OfManifest(position);
  }

  /** The parts in which an envelope travels: bytes that belong to none stay with the last. */
  private static Deque<byte[]> cut(byte[] envelope) throws FormatException {
    Deque<byte[]> parts = new ArrayDeque<>();
    int from = 0;
    int at = HEADER;
    boolean last = false;
    while (!last && at + 4 <= envelope.length) {
      long field = new ByteReader(Arrays.copyOfRange(envelope, at, at + 4)).u32();
      long end = at + 4 + (field & 0x7fff_ffffL);
      last = field >>> 31 != 0 || end >= envelope.length;
      at = last ? envelope.length : (int) end;
      parts.add(Arrays.copyOfRange(envelope, from, at));
      from = at;
    }
    if (parts.isEmpty()) {
      parts.add(envelope);
    }
    return parts;
  }

  private static byte[] next(Deque<byte[]> parts) throws Truncated {
    if (parts.isEmpty()) {
      throw new Truncated();
    }
    return parts.remove();
  }

  private static final class Truncated extends IOException {
    private static final long serialVersionUID = 1;
  }
}
