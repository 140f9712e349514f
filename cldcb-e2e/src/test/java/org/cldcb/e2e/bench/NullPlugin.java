package org.cldcb.e2e.bench;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A plugin that answers continue at once: what it takes is the harness, pipes and kernel. */
final class NullPlugin {
  private static final String SOURCE = "null-plugin.c";

  private NullPlugin() {}

  /** Makes the executable; empty if this machine has no C compiler. */
  static Optional<Path> compile(Path executable) throws IOException, InterruptedException {
    Path source = executable.resolveSibling(SOURCE);
    try (InputStream in = NullPlugin.class.getResourceAsStream(SOURCE)) {
      if (in == null) {
        throw new FileNotFoundException(SOURCE);
      }
      Files.copy(in, source);
    }
    Process compiler;
    try {
      compiler =
          new ProcessBuilder("cc", "-O2", "-o", executable.toString(), source.toString())
              .redirectOutput(Redirect.DISCARD)
              .redirectError(Redirect.INHERIT)
              .start();
    } catch (IOException noCompiler) {
      return Optional.empty();
    }
    if (compiler.waitFor() != 0) {
      throw new IOException("cc can't compile " + SOURCE);
    }
    return Optional.of(executable);
  }
}
