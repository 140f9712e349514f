package org.cldcb.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In processes of their own, since a process loads the library once. */
class SqliteLibraryTest {
  @TempDir private Path dir;

  /** Opens a database, and lists what lies in the folder for temporary files meanwhile. */
  static final class Opener {
    private Opener() {}

    public static void main(String[] args) throws Exception {
      try (Connection connection = Sqlite.open(Path.of(args[0]));
          var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
        connection.createStatement().execute("CREATE TABLE t (n)");
        System.out.println("left: " + files.map(Path::getFileName).toList());
      }
      Runtime.getRuntime().halt(0);
    }
  }

  private String open(Path temporary, String... flags) throws IOException {
    Path database = Files.createDirectories(dir.resolve("data")).resolve("database");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("-Djava.io.tmpdir=" + temporary);
    command.addAll(List.of(flags));
    command.addAll(List.of(Opener.class.getName(), database.toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void nothingOfItIsLeftOnceItIsLoaded() throws Exception {
    Path temporary = Files.createDirectory(dir.resolve("tmp"));
    assertThat(open(temporary)).contains("left: []");
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void theDatabasesFolderServesWhereTheUsualOneDoesNot() throws Exception {
    Path temporary = Files.createDirectory(dir.resolve("tmp"));
    Path absent = temporary.resolve("absent");
    assertThat(open(absent)).contains("NoSuchFileException").doesNotContain("can't be loaded");
    try (var files = Files.list(dir.resolve("data"))) {
      assertThat(files.map(Path::getFileName).map(Path::toString)).containsExactly("database");
    }
  }

  @Test
  void theOperatorsFolderIsTaken() throws Exception {
    Path temporary = Files.createDirectory(dir.resolve("tmp"));
    assertThat(open(temporary, "-Dorg.sqlite.tmpdir=" + dir.resolve("nowhere")))
        .contains("SQLite's library can't be loaded from " + dir.resolve("nowhere"));
  }
}
