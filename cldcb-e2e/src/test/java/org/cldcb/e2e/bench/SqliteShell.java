package org.cldcb.e2e.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.cldcb.e2e.rig.Trace;
import org.cldcb.e2e.rig.Write;

/** The {@code sqlite3} shell on the SQL of a trace, one transaction but for PRAGMAs, no fsync. */
final class SqliteShell {
  private SqliteShell() {}

  /** Nanoseconds; 0 if there is no shell on this machine. */
  static long run(Trace trace, Path folder) throws IOException, InterruptedException {
    Path script = folder.resolve("trace.sql");
    try (Writer out = Files.newBufferedWriter(script)) {
      out.write("PRAGMA synchronous = OFF;\nPRAGMA foreign_keys = ON;\nBEGIN;\n");
      for (Write write : trace.writes()) {
        write(write, out);
      }
      out.write("COMMIT;\n");
    }
    long start = System.nanoTime();
    try {
      Process shell =
          new ProcessBuilder("sqlite3", folder.resolve("shell.sqlite3").toString())
              .redirectInput(script.toFile())
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return shell.waitFor() == 0 ? System.nanoTime() - start : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  private static void write(Write write, Writer out) {
    try {
      out.write(write.isPragma() ? "COMMIT;\n" : "");
      for (String statement : write.statements()) {
        out.write(statement);
        out.write(statement.endsWith(";") ? "\n" : ";\n");
      }
      out.write(write.isPragma() ? "BEGIN;\n" : "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
