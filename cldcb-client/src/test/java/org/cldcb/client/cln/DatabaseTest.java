package org.cldcb.client.cln;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(Liveness.class)
  void version(Liveness liveness) throws Exception {
    Path file = TestDatabase.create(folder.resolve("db"), 4096, 42);
    assertThat(new Database(file, liveness).dataVersion()).isEqualTo(42);
  }

  @Test
  void noDatabaseIsVersionZero() throws Exception {
    assertThat(new Database(folder.resolve("db"), Liveness.DOWN).dataVersion()).isZero();
    Files.createFile(folder.resolve("db"));
    assertThat(new Database(folder.resolve("db"), Liveness.RUNNING).dataVersion()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {512, 4096, 65_536})
  void pageSize(int pageSize) throws Exception {
    Path file = TestDatabase.create(folder.resolve("db"), pageSize, 1);
    assertThat(new Database(file, Liveness.DOWN).pageSize()).isEqualTo(pageSize);
  }

  @Test
  void lockOfARunningLightningdIsWaitedFor() throws Exception {
    Path file = TestDatabase.create(folder.resolve("db"), 4096, 42);
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("BEGIN EXCLUSIVE");
      CompletableFuture<Long> version =
          CompletableFuture.supplyAsync(() -> read(new Database(file, Liveness.RUNNING)));
      Thread.sleep(300);
      assertThat(version).isNotDone();
      statement.execute("COMMIT");
      assertThat(version.get(10, TimeUnit.SECONDS)).isEqualTo(42);
    }
  }

  @Test
  void lockOfAFrozenLightningdIsNotWaitedFor() throws Exception {
    Path file = TestDatabase.create(folder.resolve("db"), 4096, 42);
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("BEGIN EXCLUSIVE");
      assertThat(new Database(file, Liveness.FROZEN).dataVersion()).isEqualTo(42);
    }
    assertThat(folder).isDirectoryNotContaining(path -> path.toString().contains("snapshot"));
  }

  @Test
  void garbageIsAnErrorAndNotVersionZero() throws Exception {
    Path file = Files.writeString(folder.resolve("db"), "no database at all".repeat(1000));
    assertThatIOException().isThrownBy(() -> new Database(file, Liveness.RUNNING).dataVersion());
    assertThatIOException().isThrownBy(() -> new Database(file, Liveness.DOWN).dataVersion());
  }

  private static long read(Database database) {
    try {
      return database.dataVersion();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
