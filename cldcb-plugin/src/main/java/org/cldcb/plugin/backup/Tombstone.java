package org.cldcb.plugin.backup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A file beside the wrapper that says: superseded, never connect again. Only install removes it. It
 * is not executable, since lightningd starts every executable in its plugin folder.
 */
final class Tombstone {
  private static final String SUFFIX = ".superseded";

  private final Path file;

  Tombstone(Path wrapper) {
    file = Path.of(wrapper + SUFFIX);
  }

  /** Asked in every hook: java.io's way makes no exception of a file that isn't there. */
  boolean exists() {
    return file.toFile().exists();
  }

  void write() throws IOException {
    if (exists()) {
      return;
    }
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(
        file,
        "Superseded by another installation; only cldcb-client install removes this file.\n",
        StandardCharsets.UTF_8,
        StandardOpenOption.SYNC);
  }
}
