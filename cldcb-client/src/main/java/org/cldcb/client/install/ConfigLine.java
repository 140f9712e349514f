package org.cldcb.client.install;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.regex.Pattern;
import org.cldcb.contact.WrapperFile;

/** The line in lightningd's configuration that makes it stop rather than run without the plugin. */
public final class ConfigLine {
  private static final String BACKUP_SUFFIX = ".before-cldcb";
  private static final String TEMPORARY_SUFFIX = ".cldcb-new";

  private static final Pattern OTHER_WRAPPER =
      Pattern.compile(
          "^important-plugin=.*/" + Pattern.quote(WrapperFile.NAME) + "(\n|$)", Pattern.MULTILINE);

  private ConfigLine() {}

  /** Whether the line for this wrapper is there. */
  public static boolean isPresent(Path config, Path wrapper) throws IOException {
    return Files.exists(config) && read(config).lines().anyMatch(line(wrapper)::equals);
  }

  /**
   * Adds the line unless it is there, keeping a copy of the file as it was before the first time.
   * The line of another wrapper goes: it is of the folder that this one was copied or moved from.
   *
   * @param config the file, which need not be there
   */
  static void add(Path config, Path wrapper) throws IOException {
    if (isPresent(config, wrapper)) {
      return;
    }
    // A link, as some distributions use for it, stays one.
    Path file = Files.exists(config) ? config.toRealPath() : config;
    String old = "";
    if (Files.exists(file)) {
      old = read(file);
      keepCopy(file, old);
    }
    String kept = OTHER_WRAPPER.matcher(old).replaceAll("");
    String separator = kept.isEmpty() || kept.endsWith("\n") ? "" : "\n";
    write(file, file, kept + separator + line(wrapper) + "\n");
  }

  private static void keepCopy(Path file, String content) throws IOException {
    Path copy = file.resolveSibling(file.getFileName() + BACKUP_SUFFIX);
    if (Files.notExists(copy)) {
      write(copy, file, content);
    }
  }

  private static void write(Path target, Path model, String content) throws IOException {
    boolean exists = Files.exists(model);
    Set<PosixFilePermission> permissions =
        exists
            ? Files.getPosixFilePermissions(model)
            : PosixFilePermissions.fromString("rw-------");
    AtomicFile.write(
        target,
        target.resolveSibling("." + target.getFileName() + TEMPORARY_SUFFIX),
        content.getBytes(StandardCharsets.ISO_8859_1),
        permissions,
        exists ? model : AtomicFile.folderOf(model));
  }

  /** Latin-1 keeps whatever bytes are there. */
  private static String read(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.ISO_8859_1);
  }

  private static String line(Path wrapper) {
    byte[] utf8 = ("important-plugin=" + wrapper).getBytes(StandardCharsets.UTF_8);
    return new String(utf8, StandardCharsets.ISO_8859_1);
  }
}
