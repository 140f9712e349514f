package org.cldcb.client.recover;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cldcb.chain.ChainException.Reason;
import org.cldcb.chain.Network;
import org.cldcb.chain.Position;
import org.cldcb.client.recover.ScriptedServer.Stored;
import org.cldcb.codec.Hash;
import org.cldcb.crypto.PublicKey;
import org.cldcb.format.ChunkCodec;
import org.cldcb.format.ChunkList;
import org.cldcb.format.Identity;
import org.cldcb.format.Manifest;
import org.cldcb.wire.Chunk;
import org.cldcb.wire.Message;
import org.junit.jupiter.api.Test;

/** Manifests and chunks that a server tampered with. */
class HostileBaseTest extends HostileServer {
  @Test
  void aManifestWithAFlippedBit() {
    Stored sound = server.manifest;
    server.manifest = sound.flipped(0, sound.parts().get(0).length - 20);

    refused(Reason.ENVELOPE_ALTERED, "the manifest");
  }

  @Test
  void aManifestOfAnEarlierPlace() {
    server.manifest =
        server.manifest.withPosition(
            p -> new Position(p.generation(), p.seq() + 1, p.dataVersion(), p.prev()));

    refused(Reason.ENVELOPE_ALTERED, "the manifest");
  }

  @Test
  void aManifestOfAnotherNode() {
    TestNode other = new TestNode();
    other.claim();
    other.startChain(database, BASE_VERSION);
    server.manifest = other.server.manifest;

    refused(Reason.NO_DELEGATION, "the manifest was sealed by " + other.delegate.publicKey());
  }

  @Test
  void aManifestSealedForAnotherNodeOrNetwork() {
    PublicKey stranger = new TestNode().identity.nodeId();
    for (Identity identity :
        List.of(
            new Identity(node.identity.network(), stranger),
            new Identity(new Network("bitcoin"), node.identity.nodeId()))) {
      node.sealAs(identity);
      node.base(database, server.manifest.position(), Hash.of(TestNode.random(32)));
      refused(Reason.ENVELOPE_ALTERED, "the manifest");
    }
  }

  @Test
  void aManifestThatDoesNotStandOnItsChainsStart() {
    node.base(database, server.manifest.position(), Hash.of(TestNode.random(32)));

    refused(Reason.BASE_INVALID, "doesn't stand on its start");
  }

  @Test
  void aManifestOfAnotherVersionThanItsDatabase() {
    node.startChain(database, BASE_VERSION - 1);
    server.records.clear();

    refused(Reason.VERSION_MISMATCH, "data_version 7, the chain says 6");
  }

  @Test
  void aBaseThatIsNoDatabase() {
    node.startChain(TestNode.random(3 * TestNode.CHUNK), BASE_VERSION);
    server.records.clear();

    refused(Reason.BASE_INVALID, "SQLite can't open the base");
  }

  @Test
  void aManifestThatContradictsItself() {
    byte[] chunk = TestNode.random(TestNode.CHUNK);
    Hash id = ChunkCodec.id(node.chunkIdKey, chunk);
    ChunkList chunks =
        new ChunkList.Builder()
            .add(id, node.storeChunk(id, chunk))
            .add(id, Hash.of(TestNode.random(32)))
            .build();
    node.startChain(new byte[0], BASE_VERSION);
    Position position = server.manifest.position();
    Manifest manifest =
        new Manifest(node.facts(Hash.ZERO, 2 * TestNode.CHUNK), TestNode.CHUNK, chunks, Hash.ZERO);
    node.seal(position, manifest);

    refused(Reason.BASE_INVALID, "says two things of chunk " + id);
  }

  @Test
  void aChunkWithheld() {
    Hash id = chunkIds().get(2);
    server.chunks.remove(id);

    refused(Reason.CHUNK_MISSING, "chunk " + id + " is missing");
  }

  @Test
  void aChunkWithAFlippedBit() {
    Hash id = chunkIds().get(2);
    List<byte[]> sound = server.chunks.get(id);
    for (int offset : new int[] {0, 67, 80, sound.get(0).length - 1}) {
      server.chunks.put(
          id, new Stored(server.manifest.position(), sound).flipped(0, offset).parts());
      refused(Reason.CHUNK_ALTERED, "chunk " + id);
      server.chunks.put(id, sound);
    }
  }

  @Test
  void aChunksEnvelopeUnderAnothersName() {
    Hash a = chunkIds().get(2);
    Hash b = chunkIds().get(3);
    server.chunks.put(a, server.chunks.get(b));

    refused(Reason.CHUNK_ALTERED, "chunk " + a);
  }

  @Test
  void aChunkSealedAnew() {
    Hash id = chunkIds().get(2);
    byte[] content = Arrays.copyOfRange(database, 2 * TestNode.CHUNK, 3 * TestNode.CHUNK);
    server.chunks.remove(id);
    node.sealWith(node.delegate);
    node.storeChunk(id, content);

    refused(Reason.CHUNK_ALTERED, "isn't the one that the manifest names");
  }

  @Test
  void chunksThatChangePlaces() {
    List<Hash> ids = chunkIds();
    List<Message> held = new ArrayList<>();
    server.tamper =
        message -> {
          if (message instanceof Chunk chunk && chunk.id().equals(ids.get(2))) {
            held.add(message);
            return List.of();
          }
          if (message instanceof Chunk chunk && chunk.id().equals(ids.get(3))) {
            return List.of(message, held.get(0));
          }
          return List.of(message);
        };

    refused(Reason.CHUNK_SWAPPED, "chunk " + ids.get(2) + " was asked for");
  }

  @Test
  void aChunkThatHoldsAnothersContent() {
    byte[] wrong = TestNode.random(TestNode.CHUNK);
    Hash id = ChunkCodec.id(node.chunkIdKey, TestNode.random(TestNode.CHUNK));
    ChunkList chunks = new ChunkList.Builder().add(id, node.storeChunk(id, wrong)).build();
    node.seal(
        server.manifest.position(),
        new Manifest(node.facts(Hash.ZERO, TestNode.CHUNK), TestNode.CHUNK, chunks, Hash.ZERO));

    refused(Reason.CHUNK_SWAPPED, "holds what belongs to another id");
  }

  private List<Hash> chunkIds() {
    List<Hash> ids = new ArrayList<>();
    for (int at = 0; at < database.length; at += TestNode.CHUNK) {
      byte[] chunk =
          Arrays.copyOfRange(database, at, Math.min(database.length, at + TestNode.CHUNK));
      ids.add(ChunkCodec.id(node.chunkIdKey, chunk));
    }
    return ids;
  }
}
