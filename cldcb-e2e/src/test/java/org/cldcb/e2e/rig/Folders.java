package org.cldcb.e2e.rig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.cldcb.crypto.Digests;

/** Whole folders. */
public final class Folders {
  private Folders() {}

  /** All that is in it, each folder before its content, and the folder itself. */
  static List<Path> below(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.toList();
    }
  }

  /** Copies folders and regular files, with their permissions; {@code to} may be there. */
  public static void copy(Path from, Path to) throws IOException {
    for (Path file : below(from)) {
      Path target = to.resolve(from.relativize(file).toString());
      if (Files.isDirectory(file)) {
        Files.createDirectories(target);
        Files.setPosixFilePermissions(target, Files.getPosixFilePermissions(file));
      } else if (Files.isRegularFile(file)) {
        copyFile(file, target);
      }
    }
  }

  /** Each file below it: name and permissions, and the digest of its content. */
  public static Map<String, String> digests(Path folder) {
    try {
      Map<String, String> digests = new TreeMap<>();
      for (Path file : below(folder)) {
        if (Files.isRegularFile(file)) {
          digests.put(
              folder.relativize(file) + " " + Files.getPosixFilePermissions(file),
              HexFormat.of().formatHex(Digests.sha256(Files.readAllBytes(file))));
        }
      }
      return digests;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void copyFile(Path from, Path to) throws IOException {
    Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
  }

  /** Deletes it, if it is there. */
  public static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      deleteBelow(folder);
      Files.delete(folder);
    }
  }

  /** Deletes all that is in it. */
  static void deleteBelow(Path folder) throws IOException {
    for (Path file : below(folder).stream().sorted(Comparator.reverseOrder()).toList()) {
      if (!file.equals(folder)) {
        Files.delete(file);
      }
    }
  }
}
