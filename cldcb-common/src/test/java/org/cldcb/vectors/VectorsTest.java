package org.cldcb.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The product reads each file as it says, and the files are what their generator makes. */
class VectorsTest {
  static Stream<Vector> files() throws IOException {
    List<Vector> all = new ArrayList<>();
    try (Stream<Path> files = Files.walk(VectorGenerator.FOLDER)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".txt")).sorted().toList()) {
        String name =
            VectorGenerator.FOLDER.relativize(file).toString().replaceFirst("\\.txt$", "");
        all.add(Vector.parse(name, Files.readString(file)));
      }
    }
    return all.stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  void isReadAsItSays(Vector vector) throws Exception {
    Kind kind =
        VectorGenerator.KINDS.stream()
            .filter(each -> each.name().equals(vector.kind()))
            .findFirst()
            .orElseThrow();
    assertThat(kind.read(vector)).as(vector.field("comment")).isEqualTo(vector.field("expect"));
  }

  @Test
  void theFilesAreWhatTheGeneratorMakes() throws IOException {
    assertThat(files().map(Vector::name))
        .containsExactlyInAnyOrderElementsOf(
            VectorGenerator.all().stream().map(Vector::name).toList());
    for (Vector made : VectorGenerator.all()) {
      Path file = VectorGenerator.FOLDER.resolve(made.name() + ".txt");
      assertThat(Files.readString(file)).as(made.name()).isEqualTo(made.text());
    }
  }
}
