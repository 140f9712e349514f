package org.cldcb.client.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;
import org.cldcb.client.cli.Messages;
import org.cldcb.client.cln.LightningDir;
import org.cldcb.contact.Wrapper;
import org.cldcb.contact.WrapperFile;
import org.cldcb.crypto.Secrets;
import org.cldcb.io.DurableFiles;

/**
 * Puts a wrapper where lightningd starts it, and makes lightningd depend on it. Every step is
 * atomic and durable, and doing it again changes nothing.
 */
public final class WrapperInstaller {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");

  private WrapperInstaller() {}

  /**
   * Writes the wrapper, removes the tombstone of the one before, adds the line to {@code config}.
   *
   * @param lightningDir lightningd's folder, absolute, spelled as lightningd does
   */
  public static void install(Path lightningDir, Wrapper wrapper) throws IOException {
    install(lightningDir, lightningDir.resolve("config"), wrapper);
  }

  /**
   * The same for another configuration file.
   *
   * @return whether the wrapper that was there before, if any, was another
   */
  static boolean install(Path lightningDir, Path config, Wrapper wrapper) throws IOException {
    Path path = LightningDir.wrapper(lightningDir);
    AtomicFile.makeFolder(AtomicFile.folderOf(path));
    boolean changed = write(lightningDir, path, wrapper);
    if (Files.deleteIfExists(LightningDir.tombstone(path))) {
      DurableFiles.syncName(path);
    }
    ConfigLine.add(config, path);
    return changed;
  }

  private static boolean write(Path lightningDir, Path path, Wrapper wrapper) throws IOException {
    byte[] script = format(wrapper);
    try {
      if (holds(path, script)) {
        return false;
      }
      // Not in the plugin folder: lightningd would start it from there.
      Path temporary = lightningDir.resolve("." + WrapperFile.NAME + ".new");
      AtomicFile.write(path, temporary, script, OWNER_ONLY, lightningDir);
      return true;
    } finally {
      Secrets.wipe(script);
    }
  }

  private static byte[] format(Wrapper wrapper) {
    try {
      return WrapperFile.format(wrapper);
    } catch (IllegalArgumentException e) {
      throw Messages.unusablePath(e);
    }
  }

  private static boolean holds(Path path, byte[] script) throws IOException {
    if (Files.notExists(path) || !Files.getPosixFilePermissions(path).equals(OWNER_ONLY)) {
      return false;
    }
    byte[] there = Files.readAllBytes(path);
    try {
      return Arrays.equals(there, script);
    } finally {
      Secrets.wipe(there);
    }
  }
}
