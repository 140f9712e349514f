package org.cldcb.e2e.demo;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.cldcb.e2e.rig.Finished;

/** Tells what happens, on a terminal: chapters, the commands that run, and what they print. */
final class Story {
  private final PrintStream out;
  private final Path folder;
  private final long start = System.nanoTime();
  private int chapters;

  /**
   * A story not yet begun.
   *
   * @param folder where it plays; the commands are shown as seen from there
   */
  Story(PrintStream out, Path folder) {
    this.out = out;
    this.folder = folder;
  }

  void chapter(String title) {
    chapters++;
    out.printf("%n%d. %s%n", chapters, title);
  }

  void line(String format, Object... values) {
    out.printf("   " + format + "%n", values);
  }

  /** Shows a command with its output. */
  void command(Finished finished) {
    List<String> words = finished.command();
    String executable = Path.of(words.get(0)).getFileName().toString();
    out.printf(
        "   $ %s%n",
        words.stream()
            .skip(1)
            .map(this::shortened)
            .collect(Collectors.joining(" ", executable + " ", "")));
    output(finished.err());
    output(finished.out());
  }

  double seconds() {
    return (System.nanoTime() - start) / 1e9;
  }

  private void output(String text) {
    Arrays.stream(text.split("\\R"))
        .filter(line -> !line.isBlank())
        .forEach(line -> out.printf("     %s%n", shortened(line)));
  }

  private String shortened(String text) {
    return text.replace(folder + "/", "");
  }
}
