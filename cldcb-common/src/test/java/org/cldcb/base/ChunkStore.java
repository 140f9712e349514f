package org.cldcb.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.cldcb.chain.ChainDigest;
import org.cldcb.chain.Head;
import org.cldcb.codec.Hash;
import org.cldcb.format.BlockTags;
import org.cldcb.format.ChunkCodec;
import org.cldcb.format.DeltaReader;
import org.cldcb.format.EnvelopeOpener;
import org.cldcb.format.ExampleKeys;
import org.cldcb.format.Manifest;
import org.cldcb.format.Place;
import org.cldcb.format.RootDigest;
import org.cldcb.link.TestServer;
import org.cldcb.link.TestServer.Peer;
import org.cldcb.wire.Based;
import org.cldcb.wire.BeginBase;
import org.cldcb.wire.Chunk;
import org.cldcb.wire.Message;
import org.cldcb.wire.Offer;
import org.cldcb.wire.Offered;
import org.cldcb.wire.PutManifest;
import org.cldcb.wire.RefusalCode;
import org.cldcb.wire.Refused;
import org.cldcb.wire.Segment;
import org.cldcb.wire.Stored;

/** A server that keeps chunks and a manifest, and answers as late as it may. */
final class ChunkStore {
  final Map<Hash, List<byte[]>> chunks = new HashMap<>();
  final List<Hash> sent = new ArrayList<>();
  final List<String> order = new ArrayList<>();
  PutManifest manifest;

  /** Whether the next delta is refused. */
  boolean refusesDelta;

  private List<byte[]> manifestParts;
  int mostUnanswered;
  private final List<Message> unanswered = new ArrayList<>();

  /** Serves until the client goes. */
  void serve(Peer peer) throws IOException {
    peer.welcome();
    try {
      while (true) {
        if (peer.in.available() == 0) {
          pause();
        }
        if (peer.in.available() == 0) {
          answer(peer);
        }
        take(peer, peer.receive());
      }
    } catch (java.io.EOFException e) {
      return;
    }
  }

  private void take(Peer peer, Message message) throws IOException {
    order.add(message.getClass().getSimpleName());
    if (message instanceof Offer offer) {
      List<Hash> digests =
          offer.ids().stream().map(id -> chunks.containsKey(id) ? digest(id) : Hash.ZERO).toList();
      unanswered.add(new Offered(digests));
    } else if (message instanceof Chunk chunk) {
      sent.add(chunk.id());
      chunks.putIfAbsent(chunk.id(), parts(peer, chunk.part()));
      unanswered.add(new Stored(chunk.id(), digest(chunk.id())));
    } else if (message instanceof PutManifest put) {
      List<byte[]> parts = parts(peer, put.part());
      if (put.isDelta() && refusesDelta) {
        unanswered.add(
            new Refused(RefusalCode.CHUNKS_MISSING, put.position().asHead(), Head.EMPTY));
      } else {
        manifest = put;
        manifestParts = parts;
        unanswered.add(new Based(put.position().asHead(), TestServer.FLAGS));
      }
    } else {
      assert message instanceof BeginBase : message;
    }
    mostUnanswered = Math.max(mostUnanswered, unanswered.size());
  }

  private void answer(Peer peer) throws IOException {
    for (Message answer : unanswered) {
      peer.send(answer);
    }
    unanswered.clear();
  }

  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static List<byte[]> parts(Peer peer, byte[] first) throws IOException {
    List<byte[]> parts = new ArrayList<>(List.of(first));
    byte[] segment = Arrays.copyOfRange(first, 67, first.length);
    while (!org.cldcb.format.Segment.parse(segment).last()) {
      segment = peer.receive(Segment.class).bytes();
      parts.add(segment);
    }
    return parts;
  }

  private Hash digest(Hash id) {
    ChainDigest digest = ChainDigest.ofChunk(id);
    chunks.get(id).forEach(digest::update);
    return digest.finish();
  }

  /** The manifest, opened as a recoverer would. */
  Manifest openManifest() throws IOException {
    Place place = new Place.OfManifest(manifest.position());
    return Manifest.decode(new ByteArrayInputStream(open(place, manifestParts)));
  }

  /** The last manifest's digest. */
  Hash manifestDigest() {
    ChainDigest digest = ChainDigest.ofManifest(manifest.position());
    manifestParts.forEach(digest::update);
    return digest.finish();
  }

  /** The delta that came last, opened as a recoverer would, on the file that it stands on. */
  byte[] apply(byte[] file) throws IOException {
    byte[] plaintext = open(new Place.OfManifest(manifest.position()), manifestParts);
    try (DeltaReader delta = new DeltaReader(new ByteArrayInputStream(plaintext))) {
      assertThat(delta.parent()).isEqualTo(manifest.parent());
      byte[] changed = Arrays.copyOf(file, (int) delta.facts().fileSize());
      for (byte[] block = delta.next(); block != null; block = delta.next()) {
        System.arraycopy(block, 0, changed, (int) delta.index() * BlockTags.BLOCK, block.length);
      }
      assertThat(delta.root()).isEqualTo(root(changed));
      return changed;
    }
  }

  static Hash root(byte[] file) {
    return new RootDigest().update(new BlockTags(ExampleKeys.CHUNK_ID_KEY).of(file)).finish();
  }

  /** The file, put together as a recoverer would. */
  byte[] openFile(Manifest from) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    for (int i = 0; i < from.chunks().size(); i++) {
      Hash id = from.chunks().id(i);
      if (!digest(id).equals(from.chunks().digest(i))) {
        throw new AssertionError("the manifest has another digest than the server's of " + id);
      }
      byte[] plaintext = open(new Place.OfChunk(id), chunks.get(id));
      file.writeBytes(ChunkCodec.decode(new ByteArrayInputStream(plaintext), from.chunkLength(i)));
    }
    return file.toByteArray();
  }

  private static byte[] open(Place place, List<byte[]> parts) throws IOException {
    Iterator<byte[]> rest = parts.subList(1, parts.size()).iterator();
    try (EnvelopeOpener opener =
        new EnvelopeOpener(ExampleKeys.nodeKey(ExampleKeys.NODE), ExampleKeys.IDENTITY)) {
      return opener.open(place, parts.get(0), rest::next).readAllBytes();
    }
  }

  /** The head that the manifest's base made. */
  Head head() {
    return manifest.position().asHead();
  }
}
