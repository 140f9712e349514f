package org.cldcb.e2e.rig;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a process prints, read by a thread of its own so that it never waits. Thread-safe. */
final class OutputLines {
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Thread reader;

  OutputLines(InputStream in) {
    reader = new Thread(() -> read(in), "output");
    reader.setDaemon(true);
    reader.start();
  }

  List<String> lines() {
    return List.copyOf(lines);
  }

  /** All that was printed, when the process has ended. */
  String text() {
    try {
      reader.join(Duration.ofSeconds(5).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return String.join("\n", lines);
  }

  Optional<MatchResult> find(Pattern pattern) {
    return lines.stream()
        .map(pattern::matcher)
        .filter(Matcher::find)
        .findFirst()
        .map(Matcher::toMatchResult);
  }

  private void read(InputStream in) {
    try (BufferedReader reading =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = reading.readLine(); line != null; line = reading.readLine()) {
        lines.add(line);
      }
    } catch (IOException e) {
      lines.add("(broken off: " + e.getMessage() + ")");
    }
  }
}
