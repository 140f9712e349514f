package org.cldcb.client.recover;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.cldcb.chain.ChainException.Reason;
import org.cldcb.chain.Position;
import org.cldcb.client.recover.ScriptedServer.Stored;
import org.cldcb.codec.Hash;
import org.cldcb.format.DeltaReader;
import org.junit.jupiter.api.Test;

/** Bases that stand on others, sound ones and what a server makes of them. */
class DeltaTest extends HostileServer {
  private int changes;

  /** The database after another change and what the last records did. */
  private byte[] changed() {
    return Databases.of(
        Databases.VARS,
        "INSERT INTO vars VALUES('data_version', " + server.head.dataVersion() + ", NULL)",
        "CREATE TABLE t (a)",
        "INSERT INTO t VALUES(zeroblob(" + 9000 * (1 + ++changes % 4) + "))",
        "INSERT INTO t VALUES(" + changes + ")");
  }

  private void layers(int count) {
    for (int i = 0; i < count; i++) {
      node.write("INSERT INTO t VALUES(-1)", Databases.version(server.head.dataVersion() + 1));
      database = changed();
      node.deltaOnHead(database);
    }
  }

  @Test
  void layersGiveTheFileAsItWas() throws IOException {
    for (int count : new int[] {1, 1, 5, 25}) {
      layers(count);
      assertThat(recovered()).isEqualTo(database);
    }
    node.write("DELETE FROM t", Databases.version(server.head.dataVersion() + 1));
    assertThat(recovered()).isNotEqualTo(database);
  }

  @Test
  void theyAreReadOnWhereAConnectionBroke() throws IOException {
    layers(10);
    server.messagesPerSession = 4;
    assertThat(recovered()).isEqualTo(database);
    assertThat(server.sessions).isGreaterThan(4);
  }

  @Test
  void layersOfSeveralDelegates() throws IOException {
    layers(1);
    node.changeDelegate();
    node.claim();
    layers(2);
    assertThat(recovered()).isEqualTo(database);
  }

  @Test
  void aLayerBelowThatItsWriterMadeTooLate() {
    layers(1);
    var old = node.delegate;
    node.changeDelegate();
    node.claim();
    layers(1);
    node.sealWith(old);
    Stored below = server.manifest;
    Position position = below.position();
    node.delta(next(position), below.digest(), database, node.root(database));
    refused(Reason.OUTSIDE_CLAIM, "the manifest");
  }

  @Test
  void oneLayerMoreThanThereMayBe() throws IOException {
    layers(DeltaReader.MAX_DEPTH);
    assertThat(recovered()).isEqualTo(database);
    layers(1);
    refused(Reason.BASE_INVALID, "too many layers");
  }

  @Test
  void aLayerWithheld() {
    layers(3);
    server.manifests.remove(parents().get(1));
    refused(Reason.LAYER_MISSING, "missing on the server");
  }

  @Test
  void anotherLayerThanTheOneAskedFor() {
    layers(3);
    List<Hash> parents = parents();
    Stored other = server.manifests.get(parents.get(2));
    server.manifests.put(parents.get(1), other);
    refused(Reason.LAYER_SWAPPED, "isn't the one");
  }

  @Test
  void theCurrentBaseAsItsOwnParent() {
    layers(2);
    server.manifests.put(parents().get(0), server.manifest);
    refused(Reason.LAYER_SWAPPED, "isn't the one");
  }

  @Test
  void aLayerWithAFlippedBit() {
    layers(2);
    Hash parent = parents().get(0);
    Stored sound = server.manifests.get(parent);
    for (int offset : new int[] {0, 67, 80, sound.parts().get(0).length - 1}) {
      server.manifests.put(parent, sound.flipped(0, offset));
      refused(Reason.ENVELOPE_ALTERED, "the manifest");
    }
  }

  @Test
  void aLayerInAnotherPlace() {
    layers(2);
    Hash parent = parents().get(0);
    UnaryOperator<Position> moved =
        p -> new Position(p.generation(), p.seq(), p.dataVersion() + 1, p.prev());
    server.manifests.put(parent, server.manifests.get(parent).withPosition(moved));
    refused(Reason.ENVELOPE_ALTERED, "the manifest");
  }

  @Test
  void aLayerOfAnotherNode() {
    layers(2);
    TestNode other = new TestNode();
    other.claim();
    other.startChain(database, BASE_VERSION);
    server.manifests.put(parents().get(0), other.server.manifest);
    refused(Reason.NO_DELEGATION, "the manifest was sealed by " + other.delegate.publicKey());
  }

  @Test
  void layersThatDontRise() {
    layers(2);
    Stored below = server.manifest;
    for (UnaryOperator<Position> move :
        List.<UnaryOperator<Position>>of(
            p -> new Position(p.generation(), p.seq(), p.dataVersion(), p.prev()),
            p -> new Position(p.generation() + 1, p.seq() - 1, p.dataVersion(), p.prev()),
            p -> new Position(p.generation() + 1, p.seq(), p.dataVersion() - 1, p.prev()))) {
      Position position = move.apply(below.position());
      node.delta(position, below.digest(), database, node.root(database));
      refused(Reason.BASE_INVALID, "a base that isn't older");
    }
  }

  @Test
  void aFileOfAnotherRoot() {
    layers(1);
    Stored below = server.manifest;
    byte[] other = database.clone();
    other[other.length - 1]++;
    node.delta(next(below.position()), below.digest(), database, node.root(other));
    refused(Reason.BASE_INVALID, "another file than its layers give");
  }

  @Test
  void aFileThatGrowsByBlocksThatNobodyBrings() {
    layers(1);
    Stored below = server.manifest;
    byte[] grown = Arrays.copyOf(database, database.length + 8192);
    Hash root = node.root(grown);
    node.sparse(next(below.position()), below.digest(), grown.length, root);
    refused(Reason.BASE_INVALID, "another file than its layers give");
  }

  @Test
  void aDeltaOnNothing() {
    layers(1);
    Stored below = server.manifest;
    node.delta(next(below.position()), Hash.of(TestNode.random(32)), database, Hash.ZERO);
    refused(Reason.LAYER_MISSING, "missing on the server");
  }

  private static Position next(Position p) {
    return new Position(p.generation() + 1, p.seq(), p.dataVersion(), p.prev());
  }

  /** Of the current base's layers, from the top down. */
  private List<Hash> parents() {
    List<Hash> all =
        server.manifests.values().stream()
            .filter(stored -> stored != server.manifest)
            .sorted((a, b) -> Long.compare(b.position().generation(), a.position().generation()))
            .map(Stored::digest)
            .toList();
    assertThat(all).isNotEmpty();
    return all;
  }

  private byte[] recovered() throws IOException {
    Path file = folder.resolve("out.sqlite3");
    new FileRecovery(
            new Target(file), node.source(), new TestTerminal().terminal(), InstantSource.system())
        .run();
    byte[] bytes = Files.readAllBytes(file);
    Files.delete(file);
    return bytes;
  }
}
