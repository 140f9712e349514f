package org.cldcb.plugin.backup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What {@code quick_check} said of the database when the last base was made, in a file beside it. A
 * wallet with an old blemish stays backed up; a new one holds back bases that would replace good
 * ones.
 */
final class KnownFindings {
  private static final String NAME = ".cldcb-findings";

  private final Path file;

  KnownFindings(Path folder) {
    file = folder.resolve(NAME);
  }

  /** Whether one of them was not there before. */
  boolean areNew(List<String> findings) throws IOException {
    Set<String> known =
        Files.exists(file)
            ? new HashSet<>(Files.readAllLines(file, StandardCharsets.UTF_8))
            : Set.of();
    return findings.stream().anyMatch(line -> !known.contains(line));
  }

  /** Remembers them as known. */
  void remember(List<String> findings) throws IOException {
    if (findings.isEmpty()) {
      Files.deleteIfExists(file);
    } else {
      Files.write(file, findings, StandardCharsets.UTF_8);
    }
  }
}
