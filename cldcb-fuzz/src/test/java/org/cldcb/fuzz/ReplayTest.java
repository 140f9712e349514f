package org.cldcb.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every input of the corpus, without Jazzer. */
class ReplayTest {
  @ParameterizedTest
  @EnumSource
  void readsEveryInputOrRefusesIt(Target target) throws IOException {
    List<Path> inputs;
    try (Stream<Path> files = Files.list(target.folder(Fuzz.CORPUS))) {
      inputs = files.sorted().toList();
    }
    assertThat(inputs).isNotEmpty();
    for (Path input : inputs) {
      byte[] bytes = Files.readAllBytes(input);
      try {
        target.run(bytes);
      } catch (Exception | AssertionError e) {
        throw new AssertionError("a finding: " + input, e);
      }
    }
  }
}
