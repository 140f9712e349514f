package org.cldcb.e2e.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.cldcb.e2e.rig.Dump;
import org.cldcb.e2e.rig.Finished;
import org.cldcb.e2e.rig.LightningDir;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a server can do to what it keeps, done to a real store: {@code recover} refuses each with
 * its own message and leaves no file. Only the tail can be missing, and its age is shown.
 */
@TestInstance(Lifecycle.PER_CLASS)
class TamperedStoreTest {
  /** Bits of {@code first} flipped in the last byte, which is in the tag of the AEAD. */
  private static final String FLIPPED =
      "CAST(substr(first, 1, length(first) - 1) || CASE substr(first, -1) WHEN x'00' THEN x'01'"
          + " ELSE x'00' END AS BLOB)";

  /** Records of the chain, which has one large one with further segments. */
  private static final String MINE =
      "id > (SELECT chain << 40 FROM backup WHERE id = 1)"
          + " AND id < (SELECT chain + 1 << 40 FROM backup WHERE id = 1)";

  private static final String FIFTH = "(SELECT min(id) + 4 FROM record WHERE " + MINE + ")";
  private static final String SIXTH = "(SELECT min(id) + 5 FROM record WHERE " + MINE + ")";
  private static final String MIDDLE =
      "(SELECT id FROM record WHERE " + MINE + " ORDER BY id LIMIT 1 OFFSET 4)";
  private static final String LAST = "(SELECT max(id) FROM record WHERE " + MINE + ")";
  private static final String CHUNKS =
      "(SELECT id FROM chunk WHERE backup = 1 AND chunk_id IN (SELECT chunk_id FROM base_chunk"
          + " WHERE base = (SELECT base FROM backup WHERE id = 1)) ORDER BY id LIMIT 1 OFFSET %d)";

  private Path temp;
  private Site site;
  private StoreFile store;
  private Dump committed;

  @BeforeAll
  void makeBackup(@TempDir Path folder) throws SQLException {
    temp = folder;
    site = new Site(temp);
    site.installed();
    site.node().boot();
    site.node().shutdown();
    site.node().writeWithoutPlugin(40);
    site.node().boot(); // a base with chunks starts a chain
    site.node().writes(3);
    site.node().crashBeforeCommit(); // makes a branch
    site.node().boot();
    site.largeWrite();
    site.node().writes(4);
    site.node().shutdown();
    committed = site.committed();
    anotherNode();
    store = new StoreFile(site.server().dataDir());
    store.save();
  }

  /** A second node on the same server, whose manifest could be passed off as the first one's. */
  private void anotherNode() {
    LightningDir other = site.stranger();
    site.install(other).orFail();
    try (var node = Site.newNode(other)) {
      node.boot();
      node.shutdown();
    }
  }

  @AfterEach
  void undo() throws SQLException {
    store.restore();
  }

  @AfterAll
  void close() {
    site.close();
  }

  @Test
  void untouchedItRecovers() {
    Site.assertSame(site.recovered(), committed);
  }

  @Test
  void aMissingTailIsTheOneThingThatCannotBeSeenAndItsAgeIsShown() throws SQLException {
    store.execute(
        "UPDATE backup SET (seq, data_version, digest) = (SELECT seq - 1, data_version - 1, (SELECT"
            + " prev FROM record WHERE id = "
            + LAST
            + ")) WHERE id = 1",
        "DELETE FROM record WHERE id = " + LAST);
    Finished recovery = recover();
    assertThat(recovery.exit()).isZero();
    assertThat(recovery.all()).contains("ago");
  }

  static Stream<Arguments> tampering() {
    String first = CHUNKS.formatted(0);
    String second = CHUNKS.formatted(1);
    return Stream.of(
        tampered(
            "a flipped bit in a record",
            "altered, out of its place, or sealed for another node",
            "UPDATE record SET first = " + FLIPPED + " WHERE id = " + MIDDLE),
        tampered(
            "a flipped bit in a further segment",
            "altered, out of its place, or sealed for another node",
            "UPDATE record_segment SET bytes = CAST(substr(bytes, 1, length(bytes) - 1) || x'00' AS"
                + " BLOB) WHERE n = 3"),
        tampered("a dropped record", "belongs", "DELETE FROM record WHERE id = " + MIDDLE),
        tampered(
            "two records swapped",
            "doesn't follow the record before it",
            "UPDATE record SET id = -1 WHERE id = " + FIFTH,
            "UPDATE record SET id = " + FIFTH + " WHERE id = " + SIXTH,
            "UPDATE record SET id = " + SIXTH + " WHERE id = -1"),
        tampered(
            "a record's envelope put in another's place",
            "altered, out of its place, or sealed for another node",
            "UPDATE record SET first = (SELECT first FROM record WHERE id = "
                + MIDDLE
                + ") WHERE id = "
                + MIDDLE
                + " + 1"),
        tampered(
            "a record repeated",
            "doesn't follow the record before it",
            "UPDATE record SET (generation, data_version, prev, digest, first) = (SELECT"
                + " generation, data_version, prev, digest, first FROM record AS b WHERE b.id ="
                + " record.id - 1) WHERE id = "
                + MIDDLE),
        tampered(
            "a record cut short",
            "ends before its last segment",
            "UPDATE record SET segments = segments - 1 WHERE segments > 0"),
        tampered(
            "the chain cut short before its head",
            "the server's head is record",
            "DELETE FROM record WHERE id = " + LAST),
        tampered(
            "a branch served as the chain",
            "doesn't follow the record before it",
            "UPDATE record SET (generation, data_version, prev, digest, first) = (SELECT"
                + " generation, data_version, prev, digest, first FROM record AS b WHERE b.id >> 40"
                + " = (SELECT min(id) FROM chain WHERE reason = 'replaced')) WHERE id &"
                + " 0xffffffffff = (SELECT id & 0xffffffffff FROM record WHERE id >> 40 = (SELECT"
                + " min(id) FROM chain WHERE reason = 'replaced')) AND "
                + MINE),
        tampered(
            "a flipped bit in a chunk",
            "altered, out of its place, or sealed for another node",
            "UPDATE chunk_first SET first = " + FLIPPED + " WHERE id = " + first),
        tampered(
            "a dropped chunk",
            "is missing on the server",
            "DELETE FROM chunk_first WHERE id = " + first),
        tampered(
            "two chunks swapped",
            "altered, out of its place, or sealed for another node",
            "UPDATE chunk_first SET id = -1 WHERE id = " + first,
            "UPDATE chunk_first SET id = " + first + " WHERE id = " + second,
            "UPDATE chunk_first SET id = " + second + " WHERE id = -1"),
        tampered(
            "a chunk repeated",
            "altered, out of its place, or sealed for another node",
            "UPDATE chunk_first SET first = (SELECT first FROM chunk_first WHERE id = "
                + second
                + ") WHERE id = "
                + first),
        tampered(
            "a flipped bit in the manifest",
            "altered, out of its place, or sealed for another node",
            "UPDATE base SET first = "
                + FLIPPED
                + " WHERE id = (SELECT base FROM backup WHERE id = 1)"),
        tampered(
            "a manifest of another node",
            "which the node never made its delegate",
            "UPDATE base SET first = (SELECT first FROM base WHERE id = (SELECT base FROM backup"
                + " WHERE id = 2)) WHERE id = (SELECT base FROM backup WHERE id = 1)"),
        tampered(
            "a chain sealed by a key without delegation",
            "which the node never made its delegate",
            "DELETE FROM claim WHERE backup = 1"),
        tampered(
            "a chain sealed outside its claim",
            "while another delegate was the writer",
            "UPDATE claim SET seq = seq + 1000 WHERE backup = 1"),
        tampered(
            "a claim that the node didn't sign",
            "claim 1",
            "UPDATE claim SET signature = (SELECT signature FROM claim WHERE backup = 2) WHERE"
                + " backup = 1"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("tampering")
  void isRefusedWithItsOwnMessage(String what, String message, String... sql) throws SQLException {
    store.execute(sql);
    Site.assertFailed(recover(), message);
  }

  private Finished recover() {
    Path folder = temp.resolve("recovered");
    try {
      Files.createDirectories(folder);
      Path file = folder.resolve("lightningd.sqlite3");
      Finished finished = site.recover(site.emptyDir(), "--to=" + file);
      if (finished.exit() == 0) {
        Files.delete(file);
      }
      try (Stream<Path> left = Files.list(folder)) {
        assertThat(left).as("files left behind").isEmpty();
      }
      return finished;
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Arguments tampered(String what, String message, String... sql) {
    return Arguments.of(what, message, sql);
  }
}
