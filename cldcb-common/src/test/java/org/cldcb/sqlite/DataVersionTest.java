package org.cldcb.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataVersionTest {
  @TempDir Path folder;
  @TempDir Path scratch;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("lightningd.sqlite3");
  }

  @Test
  void isZeroWithoutFileAndOfAnEmptyOne() throws IOException {
    assertThat(onDisk()).isZero();
    assertThat(folder).isEmptyDirectory();
    Files.createFile(file);
    assertThat(onDisk()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE other (name TEXT, intval INTEGER)",
        "CREATE TABLE vars (name TEXT, val TEXT)",
        "CREATE TABLE vars (name TEXT, intval INTEGER)",
        "PRAGMA user_version = 1"
      })
  void isZeroWithoutTableColumnOrRow(String statement) throws IOException, SQLException {
    try (Connection connection = TestDatabases.connect(file)) {
      TestDatabases.run(connection, statement);
    }
    assertThat(onDisk()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"DELETE", "TRUNCATE", "PERSIST", "WAL"})
  void isThatOfTheRow(String journalMode) throws IOException, SQLException {
    TestDatabases.create(file, journalMode, 1L << 40);
    assertThat(onDisk()).isEqualTo(1L << 40);
  }

  @ParameterizedTest
  @ValueSource(strings = {"DELETE", "TRUNCATE", "PERSIST", "WAL"})
  void isTheCommittedOneWhileATransactionHasSpilled(String journalMode)
      throws IOException, SQLException {
    TestDatabases.create(file, journalMode, 41);
    try (Connection lightningd = TestDatabases.spilling(file, 42)) {
      assertThat(onDisk()).isEqualTo(41);
      TestDatabases.run(lightningd, "COMMIT");
      assertThat(onDisk()).isEqualTo(42);
    }
    assertThat(onDisk()).isEqualTo(42);
    assertThat(scratch).isEmptyDirectory();
  }

  @Test
  void theSpilledTransactionIndeedHoldsTheLock() throws SQLException {
    TestDatabases.create(file, "DELETE", 41);
    try (Connection lightningd = TestDatabases.spilling(file, 42)) {
      assertThat(lightningd.isClosed()).isFalse();
      assertThatThrownBy(
              () -> {
                try (Connection reader = Sqlite.openReadOnly(file)) {
                  DataVersion.of(reader);
                }
              })
          .isInstanceOfSatisfying(SQLException.class, e -> assertThat(Sqlite.isBusy(e)).isTrue());
    }
  }

  @Test
  void isTheCommittedOneAfterACrashAndTheFileIsLeftAsItWas() throws IOException, SQLException {
    TestDatabases.create(file, "DELETE", 41);
    Path crashed = Files.createDirectory(folder.resolve("crashed")).resolve("d.sqlite3");
    Path journal = crashed.resolveSibling("d.sqlite3-journal");
    Connection lightningd = TestDatabases.spilling(file, 42);
    Files.copy(file, crashed);
    Files.copy(folder.resolve("lightningd.sqlite3-journal"), journal);
    lightningd.close();
    byte[] before = Files.readAllBytes(crashed);
    assertThat(before.length).isGreaterThan(1 << 20);

    assertThat(DataVersion.onDisk(crashed, scratch)).isEqualTo(41);
    assertThat(Files.readAllBytes(crashed)).isEqualTo(before);
    assertThat(journal).exists();
  }

  @Test
  void nothingIsLeftBesideTheFile() throws IOException, SQLException {
    TestDatabases.create(file, "DELETE", 41);
    onDisk();
    assertThat(TestDatabases.names(folder)).containsExactly("lightningd.sqlite3");
  }

  @Test
  void norBesideOneInWalModeThatNobodyHasOpen() throws IOException, SQLException {
    TestDatabases.create(file, "WAL", 41);
    byte[] before = Files.readAllBytes(file);
    assertThat(onDisk()).isEqualTo(41);
    assertThat(file).hasBinaryContent(before);
    assertThat(TestDatabases.names(folder)).containsExactly("lightningd.sqlite3");
  }

  @Test
  void whatIsNoDatabaseIsNeverTakenForZero() throws IOException, SQLException {
    Files.writeString(file, "this is no database".repeat(1000));
    assertThatIOException().isThrownBy(this::onDisk);

    TestDatabases.create(folder.resolve("good"), "DELETE", 41);
    byte[] damaged = Files.readAllBytes(folder.resolve("good"));
    java.util.Arrays.fill(damaged, 100, 4096, (byte) 0x5a);
    Files.write(file, damaged);
    assertThatIOException().isThrownBy(this::onDisk);
    assertThat(scratch).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "a?b=c", "a#b", "a%20b", "a'b", "a;b", "ä", "file:x", ":memory:"})
  void readsAFileWhateverItsFolderAndItAreNamed(String name) throws IOException, SQLException {
    TestDatabases.create(file, "DELETE", 41);
    Path strange = Files.createDirectory(folder.resolve(name)).resolve(name);
    Files.move(file, strange);
    assertThat(DataVersion.onDisk(strange, strange.getParent())).isEqualTo(41);
    try (Connection connection = Sqlite.open(strange)) {
      assertThat(DataVersion.of(connection)).isEqualTo(41);
    }
    assertThat(TestDatabases.names(strange.getParent())).containsExactly(name);
    assertThat(TestDatabases.names(folder)).containsExactly(name);
  }

  private long onDisk() throws IOException {
    return DataVersion.onDisk(file, scratch);
  }
}
