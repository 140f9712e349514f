package org.cldcb.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.cldcb.chain.Head;
import org.cldcb.chain.Position;
import org.cldcb.codec.FormatException;
import org.cldcb.codec.Hash;
import org.cldcb.format.ExampleKeys;
import org.cldcb.format.Manifest;
import org.cldcb.format.RunSource;
import org.cldcb.link.Session;
import org.cldcb.link.TestServer;
import org.cldcb.sqlite.Snapshot;
import org.cldcb.wire.BaseHow;
import org.cldcb.wire.Chunk;
import org.cldcb.wire.Mode;
import org.cldcb.wire.Offer;
import org.cldcb.wire.Offered;
import org.cldcb.wire.Stored;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class BaseUploadTest {
  private static final Hash A = Hash.of(ExampleKeys.bytes(0xaa));

  @TempDir Path folder;
  private final ChunkStore store = new ChunkStore();

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4096, 16_384, 16_385, 5_000_000})
  void aChainStartsWithAManifestThatGivesTheFileBack(int size) throws IOException {
    byte[] content = content(size);
    Head old = new Head(3, 41, 1041, A);
    upload(
        (upload, snapshot) ->
            upload.startChain(snapshot, state(7, 4096), old, false, TestServer.RANDOM),
        content);

    Manifest manifest = store.openManifest();
    assertThat(manifest.facts().startsChain()).isTrue();
    assertThat(store.manifest.how()).isEqualTo(BaseHow.CHAIN_START);
    assertThat(store.manifest.expected()).isEqualTo(A);
    assertThat(store.manifest.position())
        .isEqualTo(new Position(4, 42, 7, manifest.facts().chainStart()));
    assertThat(manifest.facts().fileSize()).isEqualTo(size);
    assertThat(manifest.chunkSize()).isEqualTo(16_384);
    assertThat(manifest.facts().findings()).containsExactly("a finding");
    assertThat(manifest.facts().chunkIdKey()).isEqualTo(ExampleKeys.CHUNK_ID_KEY);
    assertThat(store.openFile(manifest)).isEqualTo(content);
    assertThat(manifest.root()).isEqualTo(ChunkStore.root(content));
    assertThat(store.order.get(0)).isEqualTo("BeginBase");
  }

  @Test
  void aBaseOnAHeadStandsOnExactlyThat() throws IOException {
    Head head = new Head(3, 41, 1041, A);
    upload(
        (upload, snapshot) -> upload.onHead(snapshot, state(1041, 65_536), head, 4),
        content(200_000));
    Manifest manifest = store.openManifest();
    assertThat(manifest.facts().startsChain()).isFalse();
    assertThat(manifest.chunkSize()).isEqualTo(65_536);
    assertThat(store.manifest.how()).isEqualTo(BaseHow.ON_HEAD);
    assertThat(store.manifest.expected()).isEqualTo(A);
    assertThat(store.head()).isEqualTo(new Head(4, 41, 1041, A));
    assertThat(store.openFile(manifest)).isEqualTo(content(200_000));
  }

  @Test
  void aCopyOfAnotherVersionThanTheHeadIsRefused() throws IOException {
    Head head = new Head(3, 41, 1041, A);
    assertThatIOException()
        .isThrownBy(
            () ->
                upload(
                    (upload, snapshot) -> upload.onHead(snapshot, state(1040, 4096), head, 4),
                    content(10)))
        .withMessage("the copy of the database has version 1040, the backup's head 1041");
    assertThat(store.manifest).isNull();
  }

  @Test
  void chunksThatAreThereOrComeTwiceAreNotSent() throws IOException {
    byte[] content = new byte[40 * 16_384];
    System.arraycopy(content(16_384), 0, content, 5 * 16_384, 16_384);
    upload((upload, snapshot) -> upload.ahead(snapshot.file(), 4096), content);
    assertThat(store.sent).hasSize(2);
    content[39 * 16_384] = 1;
    upload(
        (upload, snapshot) ->
            upload.startChain(snapshot, state(7, 4096), Head.EMPTY, false, TestServer.RANDOM),
        content);
    assertThat(store.sent).hasSize(3).doesNotHaveDuplicates();
    assertThat(store.openFile(store.openManifest())).isEqualTo(content);
  }

  @Test
  void noMoreIsUnansweredThanTheServerAllows() throws IOException {
    upload((upload, snapshot) -> upload.ahead(snapshot.file(), 4096), content(300 * 16_384));
    assertThat(store.sent).hasSize(300);
    assertThat(store.mostUnanswered).isBetween(2, 64);
  }

  @Test
  void progressRisesToTheEnd() throws IOException {
    List<Long> heard = new ArrayList<>();
    byte[] content = content(9_000_000);
    upload(
        (done, total) -> {
          assertThat(total).isEqualTo(content.length);
          heard.add(done);
        },
        (upload, snapshot) -> upload.ahead(snapshot.file(), 4096),
        content);
    assertThat(heard).isSorted().hasSize(3).endsWith((long) content.length);
  }

  @Test
  void anAcknowledgementOfAnotherChunkIsRefused() throws IOException {
    Path file = Files.write(folder.resolve("file"), content(100));
    try (TestServer server =
            TestServer.start(
                peer -> {
                  peer.welcome();
                  peer.receive(Offer.class);
                  peer.send(new Offered(List.of(Hash.ZERO)));
                  peer.receive(Chunk.class);
                  peer.send(new Stored(A, A));
                  peer.awaitEnd();
                });
        Session session = open(server);
        RunSource runs = runs()) {
      BaseUpload upload = upload(session, runs, Progress.NONE);
      assertThatThrownBy(() -> upload.ahead(file, 4096)).isInstanceOf(FormatException.class);
    }
  }

  /** Something done with an upload of a snapshot. */
  @FunctionalInterface
  private interface Work {
    void run(BaseUpload upload, Snapshot snapshot) throws IOException;
  }

  private void upload(Work work, byte[] content) throws IOException {
    upload(Progress.NONE, work, content);
  }

  private void upload(Progress progress, Work work, byte[] content) throws IOException {
    Path file = Files.write(folder.resolve("file"), content);
    try (TestServer server = TestServer.start(store::serve);
        Snapshot snapshot = Snapshot.take(file, folder);
        Session session = open(server);
        RunSource runs = runs()) {
      work.run(upload(session, runs, progress), snapshot);
    }
  }

  private BaseUpload upload(Session session, RunSource runs, Progress progress) {
    PageCache pages = new PageCache(folder, ExampleKeys.CHUNK_ID_KEY);
    return new BaseUpload(session, runs, ExampleKeys.CHUNK_ID_KEY, pages, progress);
  }

  private static Snapshot.State state(long version, int pageSize) {
    return new Snapshot.State(version, pageSize, List.of("a finding"));
  }

  private static RunSource runs() {
    return new RunSource(ExampleKeys.IDENTITY, ExampleKeys.DELEGATE, TestServer.RANDOM);
  }

  private static Session open(TestServer server) throws IOException {
    return Session.open(
        server.access(), Mode.WRITE, 0, TestServer.RANDOM, TestServer.TIMEOUT_MILLIS);
  }

  /** No two chunks alike, and half of each compresses. */
  private static byte[] content(int size) {
    byte[] content = new byte[size];
    new Random(1).nextBytes(content);
    for (int from = 100; from < size; from += 4096) {
      Arrays.fill(content, from, Math.min(size, from + 2048), (byte) 0);
    }
    return content;
  }
}
