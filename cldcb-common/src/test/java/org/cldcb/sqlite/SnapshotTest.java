package org.cldcb.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotTest {
  @TempDir Path folder;
  @TempDir Path scratch;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("lightningd.sqlite3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"DELETE", "TRUNCATE", "PERSIST", "WAL"})
  void hasWhatIsCommittedAndNothingElseWhileATransactionHasSpilled(String journalMode)
      throws IOException, SQLException {
    TestDatabases.create(file, journalMode, 41);
    try (Connection lightningd = TestDatabases.spilling(file, 42);
        Snapshot snapshot = Snapshot.take(file, scratch)) {
      Snapshot.State state = snapshot.recover();
      assertThat(state.dataVersion()).isEqualTo(41);
      assertThat(state.pageSize()).isEqualTo(4096);
      assertThat(state.findings()).isEmpty();
      assertCommittedOnly(snapshot);
      TestDatabases.run(lightningd, "COMMIT");
      assertThat(TestDatabases.one(lightningd, "SELECT count(*) FROM t")).isEqualTo("601");
    }
    assertThat(scratch).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"DELETE", "WAL"})
  void hasTheTransactionOnceItIsCommitted(String journalMode) throws IOException, SQLException {
    TestDatabases.create(file, journalMode, 41);
    try (Connection lightningd = TestDatabases.spilling(file, 42)) {
      TestDatabases.run(lightningd, "COMMIT");
      try (Snapshot snapshot = Snapshot.take(file, scratch)) {
        assertThat(snapshot.recover().dataVersion()).isEqualTo(42);
        assertThat(TestDatabases.names(snapshot.file().getParent()))
            .containsExactly("database.sqlite3");
      }
    }
  }

  @Test
  void takesAMissingOrEmptyFileAsAnEmptyDatabase() throws IOException {
    for (int i = 0; i < 2; i++) {
      try (Snapshot snapshot = Snapshot.take(file, scratch)) {
        Snapshot.State state = snapshot.recover();
        assertThat(state).isEqualTo(new Snapshot.State(0, 4096, java.util.List.of()));
        assertThat(snapshot.file()).isEmptyFile();
        assertThat(TestDatabases.names(snapshot.file().getParent()))
            .containsExactly("database.sqlite3");
      }
      if (i == 0) {
        Files.createFile(file);
      }
    }
    assertThat(TestDatabases.names(folder)).containsExactly("lightningd.sqlite3");
  }

  @Test
  void aFirstTransactionThatIsNotCommittedLeavesAnEmptyDatabase() throws IOException, SQLException {
    try (Connection lightningd = TestDatabases.connect(file)) {
      TestDatabases.run(
          lightningd,
          "PRAGMA cache_size = 10",
          "BEGIN",
          "CREATE TABLE t (b BLOB)",
          "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 600)"
              + " INSERT INTO t SELECT randomblob(10000) FROM n");
      assertThat(Files.size(file)).isGreaterThan(1 << 20);
      try (Snapshot snapshot = Snapshot.take(file, scratch)) {
        assertThat(snapshot.recover().dataVersion()).isZero();
        assertThat(snapshot.file()).isEmptyFile();
      }
    }
  }

  @Test
  void itsFolderIsForNobodyElse() throws IOException, SQLException {
    TestDatabases.create(file, "DELETE", 41);
    try (Snapshot snapshot = Snapshot.take(file, scratch)) {
      assertThat(Files.getPosixFilePermissions(snapshot.file().getParent()))
          .isEqualTo(PosixFilePermissions.fromString("rwx------"));
      assertThat(Files.readAllBytes(snapshot.file())).isEqualTo(Files.readAllBytes(file));
    }
    assertThat(scratch).isEmptyDirectory();
    assertThat(TestDatabases.names(folder)).containsExactly("lightningd.sqlite3");
  }

  @Test
  void leavesNothingBehindWhereItFails() throws IOException {
    Files.createDirectory(file);
    assertThatIOException().isThrownBy(() -> Snapshot.take(file, scratch));
    assertThat(scratch).isEmptyDirectory();
  }

  @Test
  void largePagesAreReported() throws IOException, SQLException {
    try (Connection connection = TestDatabases.connect(file)) {
      TestDatabases.run(connection, "PRAGMA page_size = 65536", "CREATE TABLE t (a)");
    }
    try (Snapshot snapshot = Snapshot.take(file, scratch)) {
      assertThat(snapshot.recover().pageSize()).isEqualTo(65_536);
    }
  }

  @Test
  void damageIsFoundInLinesThatAManifestTakes() throws IOException, SQLException {
    TestDatabases.create(file, "DELETE", 41);
    byte[] bytes = Files.readAllBytes(file);
    for (int page = 6; page < 20; page++) {
      java.util.Arrays.fill(bytes, page * 4096, page * 4096 + 8, (byte) 0xff);
    }
    Files.write(file, bytes);
    try (Snapshot snapshot = Snapshot.take(file, scratch)) {
      Snapshot.State state = snapshot.recover();
      assertThat(state.dataVersion()).isEqualTo(41);
      assertThat(state.findings()).isNotEmpty().hasSizeLessThanOrEqualTo(100);
      assertThat(state.findings()).allSatisfy(finding -> assertThat(finding).hasSizeLessThan(301));
    }
  }

  @Test
  void aFileThatIsNoDatabaseIsRefused() throws IOException {
    Files.writeString(file, "this is no database".repeat(1000));
    try (Snapshot snapshot = Snapshot.take(file, scratch)) {
      assertThatIOException()
          .isThrownBy(snapshot::recover)
          .withMessageStartingWith("the copy of the database can't be opened: ");
    }
  }

  @Test
  void whatADeadProcessLeftBehindIsRemovedAndNothingElse() throws IOException {
    Snapshot left = Snapshot.take(file, scratch);
    Files.write(left.file(), new byte[10]);
    Files.write(Path.of(left.file() + "-journal"), new byte[10]);
    Files.createFile(scratch.resolve("lightningd.sqlite3"));
    Files.createDirectory(scratch.resolve("snapshot"));
    Snapshot.removeLeftovers(scratch);
    assertThat(TestDatabases.names(scratch)).containsExactly("lightningd.sqlite3", "snapshot");
    Snapshot.removeLeftovers(scratch);
  }

  private static void assertCommittedOnly(Snapshot snapshot) throws IOException, SQLException {
    Path folder = snapshot.file().getParent();
    assertThat(TestDatabases.names(folder)).containsExactly("database.sqlite3");
    try (Connection connection = Sqlite.open(snapshot.file())) {
      assertThat(TestDatabases.one(connection, "SELECT group_concat(a) FROM t"))
          .isEqualTo("committed");
      assertThat(TestDatabases.one(connection, "PRAGMA integrity_check")).isEqualTo("ok");
    }
  }
}
