package org.cldcb.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.cldcb.chain.Head;
import org.cldcb.codec.Hash;
import org.cldcb.format.DeltaReader;
import org.cldcb.format.ExampleKeys;
import org.cldcb.format.RunSource;
import org.cldcb.link.Session;
import org.cldcb.link.TestServer;
import org.cldcb.sqlite.Snapshot;
import org.cldcb.wire.Mode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Bases that bring only what changed, and when they don't. */
@Timeout(120)
class DeltaUploadTest {
  private static final int SIZE = 300 * 4096 + 1000;
  private static final Hash A = Hash.of(ExampleKeys.bytes(0xaa));

  @TempDir Path folder;
  private final ChunkStore store = new ChunkStore();
  private final byte[] content = content();
  private byte[] key = ExampleKeys.CHUNK_ID_KEY;
  private long generation = 3;

  @Test
  void aBaseBringsWhatChangedSinceTheOneBefore() throws IOException {
    base(content);
    Hash first = store.manifestDigest();
    byte[] second = changed(content, 0, 7, 8, 299, 300);
    base(second);
    assertThat(store.manifest.parent()).isEqualTo(first);
    assertThat(store.order).containsExactly("PutManifest");
    assertThat(store.apply(content)).isEqualTo(second);
    assertThat(store.manifest.part().length).isLessThan(6 * 4096);
    byte[] third = changed(second, 5);
    base(third);
    assertThat(store.apply(second)).isEqualTo(third);
    // The root tells when it is put on another file than its parent's.
    assertThatThrownBy(() -> store.apply(content)).isInstanceOf(AssertionError.class);
  }

  @Test
  void nothingChanged() throws IOException {
    base(content);
    base(content);
    assertThat(store.apply(content)).isEqualTo(content);
    assertThat(store.manifest.part().length).isLessThan(400);
  }

  @Test
  void theFileGrowsAndShrinks() throws IOException {
    base(content);
    byte[] grown = Arrays.copyOf(content, SIZE + 20_000);
    base(grown);
    assertThat(store.apply(content)).isEqualTo(grown);
    byte[] shrunk = Arrays.copyOf(content, 200 * 4096 + 5);
    base(shrunk);
    assertThat(store.apply(grown)).isEqualTo(shrunk);
    base(grown);
    assertThat(store.apply(shrunk)).isEqualTo(grown);
  }

  @Test
  void theServersRefusalLeadsToAFullOne() throws IOException {
    base(content);
    store.refusesDelta = true;
    base(changed(content, 9));
    assertFull(changed(content, 9));
    store.refusesDelta = false;
    base(changed(content, 9, 10));
    assertThat(store.apply(changed(content, 9))).isEqualTo(changed(content, 9, 10));
  }

  @Test
  void soDoesAnythingWrongWithTheCache() throws IOException {
    base(content);
    byte[] whole = Files.readAllBytes(cache());
    for (int at = 0; at < whole.length; at += 97) {
      byte[] wrong = whole.clone();
      wrong[at] ^= 1;
      Files.write(cache(), wrong);
      assertUnknown();
    }
    for (int length : new int[] {0, 1, 50, 90, whole.length - 16, whole.length - 1}) {
      Files.write(cache(), Arrays.copyOf(whole, length));
      assertUnknown();
    }
    Files.write(cache(), Arrays.copyOf(whole, whole.length + 16));
    assertUnknown();
    Files.delete(cache());
    assertUnknown();
    Files.createDirectory(cache());
    assertUnknown();
    base(content);
    assertFull(content);
    Files.delete(cache());
    Files.write(cache(), whole);
    assertThat(new PageCache(folder, key).read()).isPresent();
    key = ExampleKeys.bytes(7);
    assertUnknown();
  }

  @Test
  void soDoesAFileOfWhichHalfHasChanged() throws IOException {
    base(content);
    byte[] half = content.clone();
    new Random(2).nextBytes(half);
    System.arraycopy(half, 0, content, 0, 140 * 4096);
    base(content);
    assertThat(store.order).containsExactly("PutManifest");
    // With those of the delta before it is more than half.
    byte[] more = changed(content, 150, 151, 152, 153, 154, 155, 156, 157, 158, 159, 160);
    base(more);
    assertFull(more);
  }

  @Test
  void soDoesTheDepth() throws IOException {
    base(content);
    for (int depth = 1; depth <= DeltaReader.MAX_DEPTH; depth++) {
      base(changed(content, depth));
      assertThat(store.order).containsExactly("PutManifest");
    }
    base(content);
    assertFull(content);
    base(content);
    assertThat(store.order).containsExactly("PutManifest");
  }

  private void assertUnknown() {
    assertThat(new PageCache(folder, key).read()).isEmpty();
  }

  private void assertFull(byte[] file) throws IOException {
    assertThat(store.order).contains("BeginBase");
    assertThat(store.manifest.parent()).isEqualTo(Hash.ZERO);
    assertThat(store.openFile(store.openManifest())).isEqualTo(file);
  }

  private Path cache() {
    return folder.resolve(".cldcb-pages");
  }

  private void base(byte[] file) throws IOException {
    store.order.clear();
    Path path = Files.write(folder.resolve("file"), file);
    try (TestServer server = TestServer.start(store::serve);
        Snapshot snapshot = Snapshot.take(path, folder);
        Session session =
            Session.open(
                server.access(), Mode.WRITE, 0, TestServer.RANDOM, TestServer.TIMEOUT_MILLIS);
        RunSource runs =
            new RunSource(ExampleKeys.IDENTITY, ExampleKeys.DELEGATE, TestServer.RANDOM)) {
      new BaseUpload(session, runs, key, new PageCache(folder, key), Progress.NONE)
          .onHead(
              snapshot,
              new Snapshot.State(1041, 4096, List.of()),
              new Head(generation, 41, 1041, A),
              ++generation);
    }
  }

  /** The same, with a byte changed in each of these blocks. */
  private static byte[] changed(byte[] file, int... blocks) {
    byte[] changed = file.clone();
    for (int block : blocks) {
      changed[block * 4096 + 17]++;
    }
    return changed;
  }

  private static byte[] content() {
    byte[] content = new byte[SIZE];
    new Random(1).nextBytes(content);
    for (int from = 100; from < SIZE; from += 4096) {
      Arrays.fill(content, from, Math.min(SIZE, from + 2048), (byte) 0);
    }
    return content;
  }
}
