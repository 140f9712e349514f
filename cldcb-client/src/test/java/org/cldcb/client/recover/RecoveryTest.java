package org.cldcb.client.recover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.cldcb.chain.Head;
import org.cldcb.cli.Failure;
import org.cldcb.client.recover.Databases.Write;
import org.cldcb.link.ConnectionLostException;
import org.cldcb.wire.End;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sound backups come back as they were. */
class RecoveryTest {
  private final TestNode node = new TestNode();
  private final TestTerminal terminal = new TestTerminal();
  @TempDir private Path folder;

  @Test
  void anEmptyDatabaseAndRecordsComeBack() throws IOException {
    node.claim();
    node.startChain(new byte[0], 0);
    node.firstWrite(Databases.VARS, "INSERT INTO vars VALUES('data_version', 1, NULL)");
    node.write("INSERT INTO vars VALUES('blob', 0, x'00ff')", Databases.version(2));

    Path file = recover();

    assertThat(Databases.query(file, "SELECT name FROM vars ORDER BY rowid"))
        .containsExactly("data_version", "blob");
    assertThat(terminal.out())
        .contains("data_version 2")
        .contains("2 records")
        .contains("last write: 2023-11-14 22:13:22 UTC");
  }

  @Test
  void aBackupWithoutAnythingInItComesBackAsAnEmptyFile() throws IOException {
    node.claim();
    node.startChain(new byte[0], 0);

    assertThat(recover()).isEmptyFile();
  }

  @Test
  void aBaseAndTheRecordsAfterItComeBack() throws IOException {
    node.claim();
    node.startChain(database(), 7);
    for (int version = 8; version < 20; version++) {
      node.write("INSERT INTO t VALUES(" + version + ", NULL)", Databases.version(version));
    }

    Path file = recover();

    assertThat(Databases.query(file, "SELECT count(*) FROM t")).containsExactly("112");
    assertThat(Databases.query(file, "PRAGMA journal_mode")).containsExactly("delete");
    assertThat(Databases.query(file, "PRAGMA page_size")).containsExactly("1024");
    assertThat(folder).isDirectoryContaining(file::equals);
    assertThat(filesIn(folder)).containsExactly("out.sqlite3");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void contentThatOccursOftenIsFetchedOnce() throws IOException {
    byte[] database =
        Databases.of(
            Databases.VARS,
            "INSERT INTO vars VALUES('data_version', 3, NULL)",
            "CREATE TABLE t (b)",
            "PRAGMA secure_delete = ON",
            "INSERT INTO t VALUES(randomblob(2000000))",
            "DELETE FROM t");
    node.claim();
    node.startChain(database, 3);

    assertThat(recover()).hasBinaryContent(database);
    assertThat(node.server.chunksSent).doesNotHaveDuplicates();
    assertThat(node.server.chunksSent.size()).isLessThan(database.length / TestNode.CHUNK / 2);
  }

  @Test
  void aDatabaseInWalModeStaysInItAndLeavesNoJournal() throws IOException {
    node.claim();
    node.startChain(
        Databases.of(
            "PRAGMA journal_mode = WAL",
            Databases.VARS,
            "INSERT INTO vars VALUES('data_version', 3, NULL)"),
        3);
    node.firstWrite(Databases.version(4));

    Path file = recover();

    assertThat(filesIn(folder)).containsExactly("out.sqlite3");
    assertThat(Databases.query(file, "PRAGMA journal_mode")).containsExactly("wal");
    assertThat(Databases.query(file, "SELECT intval FROM vars")).containsExactly("4");
  }

  @Test
  void deletesCascadeAgainAfterAProcessThatDiedWithForeignKeysOff() throws IOException {
    node.claim();
    node.startChain(family(), 1);
    node.pragma("PRAGMA foreign_keys = OFF");
    node.write("DELETE FROM parent WHERE id = 1", Databases.version(2));
    node.firstWrite("DELETE FROM parent WHERE id = 2", Databases.version(3));

    Path file = recover();

    assertThat(Databases.query(file, "SELECT parent FROM child")).containsExactly("1", "3");
    assertThat(terminal.err()).contains("1 rows of child refer to missing rows of parent");
  }

  @Test
  void foreignKeysGoOffAndOnAgainWithinAMigration() throws IOException {
    node.claim();
    node.startChain(family(), 1);
    node.firstWrite("DELETE FROM parent WHERE id = 1", Databases.version(2));
    node.pragma("PRAGMA foreign_keys = OFF");
    node.write("DELETE FROM parent WHERE id = 2", Databases.version(3));
    node.pragma("PRAGMA foreign_keys = ON");
    node.write("DELETE FROM parent WHERE id = 3", Databases.version(4));

    assertThat(Databases.query(recover(), "SELECT parent FROM child")).containsExactly("2");
  }

  @Test
  void aRecordOfManySegmentsComesBack() throws IOException {
    byte[] blob = TestNode.random(6 << 20);
    String hex = HexFormat.of().formatHex(blob);
    node.claim();
    node.startChain(database(), 7);
    node.write("INSERT INTO t VALUES(1000, x'" + hex + "')", Databases.version(8));
    node.write(Databases.version(9));
    assertThat(node.server.records.get(0).parts().size()).isGreaterThan(100);

    assertThat(Databases.query(recover(), "SELECT hex(b) FROM t WHERE a = 1000"))
        .containsExactly(hex.toUpperCase(Locale.ROOT));
  }

  @Test
  void anUpgradeOfARealNodeReplaysToWhatItHad() throws IOException {
    node.claim();
    node.startChain(Databases.gunzip("upgrade-before.sqlite3.gz"), 0);
    boolean first = true;
    for (Write write : Databases.trace("upgrade.jsonl.gz")) {
      append(write, first);
      first = false;
    }
    Path expected =
        Files.write(folder.resolve("expected"), Databases.gunzip("upgrade-after.sqlite3.gz"));

    assertThat(Databases.dump(recover())).isEqualTo(Databases.dump(expected));
  }

  @Test
  void aRealNodeComesBackFromItsFirstWrites() throws IOException {
    node.claim();
    node.startChain(new byte[0], 0);
    List<Write> writes = Databases.trace("new-node.jsonl.gz");
    for (int i = 0; i < writes.size(); i++) {
      append(writes.get(i), i == 0);
    }

    Path file = recover();

    assertThat(Databases.query(file, "SELECT intval FROM vars WHERE name = 'data_version'"))
        .containsExactly("120");
    assertThat(terminal.err()).doesNotContain("warning");
  }

  @Test
  void recordsOfSeveralDelegatesAndGenerationsComeBack() throws IOException {
    node.claim();
    node.startChain(database(), 7);
    node.write(Databases.version(8));
    node.changeDelegate();
    node.claim();
    node.write(Databases.version(9));
    Head before = node.server.head;
    node.write(Databases.version(10));
    node.baseOnHead(
        Databases.of(Databases.VARS, "INSERT INTO vars VALUES('data_version', 10, NULL)"));
    // Sealed before its writer knew of the new base.
    node.append(
        new Head(before.generation(), node.server.head.seq(), 10, node.server.head.digest())
            .next(11),
        false,
        Databases.version(11));
    node.write(Databases.version(12));

    assertThat(Databases.query(recover(), "SELECT intval FROM vars")).containsExactly("12");
  }

  @Test
  void aNewDelegateMayReplaceTheRecordThatItClaimedOn() throws IOException {
    node.claim();
    node.startChain(database(), 7);
    Head parent = node.server.head;
    node.write(Databases.version(8), "DELETE FROM t");
    node.changeDelegate();
    node.claim();
    node.replace(parent, Databases.version(8));

    assertThat(Databases.query(recover(), "SELECT count(*) FROM t")).containsExactly("100");
  }

  @Test
  void readingGoesOnWhereAConnectionBroke() throws IOException {
    node.claim();
    node.startChain(database(), 7);
    for (int version = 8; version < 20; version++) {
      node.write("INSERT INTO t VALUES(" + version + ", NULL)", Databases.version(version));
    }
    node.server.messagesPerSession = 6;

    assertThat(Databases.query(recover(), "SELECT count(*) FROM t")).containsExactly("112");
    assertThat(node.server.sessions).isGreaterThan(4);
    assertThat(node.server.recordsTaken)
        .containsExactlyElementsOf(LongStream.rangeClosed(2, 13).boxed().toList());
    assertThat(node.points).isNotEmpty().doesNotHaveDuplicates();
    assertThat(terminal.err()).contains("the server closed the connection: going on in a moment");
  }

  @Test
  void aServerThatIsGoneIsGivenUp() throws IOException {
    node.claim();
    node.startChain(database(), 7);
    node.server.messagesPerSession = 1;

    assertThatThrownBy(this::recover).isInstanceOf(ConnectionLostException.class);
    assertThat(node.server.sessions).isEqualTo(1 + 8);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aBackupThatIsReplacedWhileItIsReadIsReadAgain() throws IOException {
    node.claim();
    node.startChain(database(), 7);
    Head parent = node.server.head;
    node.write(Databases.version(8), "DELETE FROM t");
    Runnable[] replacing = {
      () -> node.replace(parent, Databases.version(8)), () -> node.write(Databases.version(9))
    };
    node.server.tamper =
        message -> {
          if (message instanceof End && replacing[0] != null) {
            replacing[0].run();
            replacing[1].run();
            replacing[0] = null;
            return List.of(new End(node.server.head, Head.EMPTY));
          }
          return List.of(message);
        };

    assertThat(Databases.query(recover(), "SELECT count(*) FROM t")).containsExactly("100");
    assertThat(terminal.err()).contains("reading it again");
    assertThat(node.points).isNotEmpty().doesNotHaveDuplicates();
  }

  @Test
  void damageThatTheManifestRecordedIsReportedOnly() throws IOException {
    byte[] damaged = damaged();
    node.claim();
    node.findings = List.of("NULL value in t.a");
    node.startChain(damaged, 7);

    assertThat(recover()).hasBinaryContent(damaged);
    assertThat(terminal.err())
        .contains("damage that the original had")
        .contains("NULL value in t.a");
  }

  @Test
  void damageThatTheManifestDidNotRecordIsReportedInAFile() throws IOException {
    node.claim();
    node.startChain(damaged(), 7);

    recover();

    assertThat(terminal.err()).contains("damage that the original didn't have: NULL value in t.a");
  }

  @Test
  void aDamagedIndexIsReportedOnly() throws IOException {
    node.claim();
    node.startChain(
        Databases.of(
            Databases.VARS,
            "INSERT INTO vars VALUES('data_version', 7, NULL)",
            "CREATE TABLE t (a)",
            "INSERT INTO t VALUES(1)",
            "CREATE INDEX i ON t(a) WHERE a > 1",
            "PRAGMA writable_schema = ON",
            "UPDATE sqlite_master SET sql = 'CREATE INDEX i ON t(a)' WHERE name = 'i'"),
        7);

    recover();

    assertThat(terminal.err()).contains("an index is damaged, REINDEX mends it");
  }

  @Test
  void aNodeWithoutABackupIsSaidToHaveNone() {
    assertThatThrownBy(this::recover)
        .isInstanceOf(Failure.class)
        .hasMessageContaining("no backup of node " + node.identity.nodeId());
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void nothingIsOverwritten() throws IOException {
    node.claim();
    node.startChain(database(), 7);
    for (String name : List.of("out.sqlite3", "out.sqlite3-journal", "out.sqlite3-wal")) {
      Path there = Files.writeString(folder.resolve(name), "mine");
      assertThatThrownBy(this::recover)
          .isInstanceOf(Failure.class)
          .hasMessageContaining(there.toString());
      assertThat(filesIn(folder)).containsExactly(name);
      Files.delete(there);
    }
  }

  private Path recover() throws IOException {
    Path file = folder.resolve("out.sqlite3");
    InstantSource clock = InstantSource.fixed(Instant.ofEpochSecond(TestNode.CLOCK + 100_000));
    new FileRecovery(new Target(file), node.source(), terminal.terminal(), clock).run();
    return file;
  }

  private void append(Write write, boolean first) {
    node.append(
        node.server.head.next(write.dataVersion()),
        first,
        write.statements().toArray(String[]::new));
  }

  private static byte[] database() {
    return Databases.of(
        "PRAGMA page_size = 1024",
        Databases.VARS,
        "INSERT INTO vars VALUES('data_version', 7, NULL)",
        "CREATE TABLE t (a INTEGER PRIMARY KEY, b)",
        "WITH RECURSIVE n(i) AS (SELECT 100 UNION ALL SELECT i + 1 FROM n WHERE i < 199)"
            + " INSERT INTO t SELECT i, randomblob(200) FROM n");
  }

  private static byte[] family() {
    return Databases.of(
        Databases.VARS,
        "INSERT INTO vars VALUES('data_version', 1, NULL)",
        "CREATE TABLE parent (id INTEGER PRIMARY KEY)",
        "CREATE TABLE child (parent REFERENCES parent(id) ON DELETE CASCADE)",
        "INSERT INTO parent VALUES (1), (2), (3)",
        "INSERT INTO child VALUES (1), (2), (3)");
  }

  /** A NULL where the schema says that there is none. */
  private static byte[] damaged() {
    return Databases.of(
        Databases.VARS,
        "INSERT INTO vars VALUES('data_version', 7, NULL)",
        "CREATE TABLE t (a)",
        "INSERT INTO t VALUES(NULL)",
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_master SET sql = 'CREATE TABLE t (a NOT NULL)' WHERE name = 't'");
  }

  private static List<String> filesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
