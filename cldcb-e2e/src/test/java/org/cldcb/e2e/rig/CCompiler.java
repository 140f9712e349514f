package org.cldcb.e2e.rig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** What a test needs of C is compiled when it is needed, by whatever {@code cc} there is. */
final class CCompiler {
  private static final Path SOURCES = Path.of("src", "test", "c");

  private CCompiler() {}

  /**
   * Makes a library for LD_PRELOAD; skips the test where there is no compiler.
   *
   * @param folder where it is put
   */
  static Path library(String source, Path folder) {
    Path library = folder.resolve(source.replace(".c", ".so"));
    try {
      Files.createDirectories(folder);
      Process compiler = start(library, SOURCES.resolve(source));
      String said = new String(compiler.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (compiler.waitFor() != 0) {
        throw new AssertionError(source + " can't be compiled: " + said);
      }
      return library;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static Process start(Path library, Path source) {
    ProcessBuilder builder =
        new ProcessBuilder(
            "cc", "-shared", "-fPIC", "-O1", "-o", library.toString(), source.toString(), "-ldl");
    try {
      return builder.redirectErrorStream(true).start();
    } catch (IOException e) {
      Assumptions.abort("no C compiler for a disk that loses power: " + e.getMessage());
      throw new IllegalStateException(e);
    }
  }
}
