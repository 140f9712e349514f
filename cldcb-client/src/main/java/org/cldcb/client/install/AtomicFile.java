package org.cldcb.client.install;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.cldcb.io.DurableFiles;

/** Files that are there whole or not at all, whatever happens meanwhile. */
public final class AtomicFile {
  private AtomicFile() {}

  /**
   * Writes a file, in place of the one that may be there.
   *
   * @param temporary a name on the same file system, where nothing of value lies
   * @param model the file or folder whose owner the file gets: lightningd's user, not root
   */
  static void write(
      Path target, Path temporary, byte[] content, Set<PosixFilePermission> permissions, Path model)
      throws IOException {
    make(temporary, content, permissions, model, file -> rename(target, file));
  }

  /**
   * Writes a file where none is, with the same parameters as {@link #write}.
   *
   * @throws FileAlreadyExistsException if there is one
   */
  public static void writeNew(
      Path target, Path temporary, byte[] content, Set<PosixFilePermission> permissions, Path model)
      throws IOException {
    make(temporary, content, permissions, model, file -> nameNew(target, file));
  }

  /** Gives a whole file its name, durably. */
  @FunctionalInterface
  private interface Naming {
    void name(Path file) throws IOException;
  }

  private static void make(
      Path temporary,
      byte[] content,
      Set<PosixFilePermission> permissions,
      Path model,
      Naming naming)
      throws IOException {
    Files.deleteIfExists(temporary);
    try {
      DurableFiles.writeNew(temporary, content, permissions);
      giveToOwnerOf(model, temporary);
      naming.name(temporary);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static void rename(Path target, Path from) throws IOException {
    Files.move(from, target, StandardCopyOption.ATOMIC_MOVE);
    DurableFiles.syncName(target);
  }

  /**
   * Gives a whole file of the same file system a name that none has yet, durably; its former one
   * may stay.
   *
   * @throws FileAlreadyExistsException if there is such a file
   */
  public static void nameNew(Path target, Path from) throws IOException {
    try {
      // Unlike a rename, a link never takes the place of a file.
      Files.createLink(target, from);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (FileSystemException | UnsupportedOperationException e) {
      Files.move(from, target);
    }
    DurableFiles.syncName(target);
  }

  /** Makes a folder that belongs to the owner of the one it is in, unless it is there. */
  public static void makeFolder(Path folder) throws IOException {
    if (Files.notExists(folder)) {
      Files.createDirectory(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      giveToOwnerOf(folderOf(folder), folder);
      DurableFiles.syncName(folder);
    }
  }

  /** Gives a file to whom the model belongs: lightningd's user, not root. */
  public static void giveToOwnerOf(Path model, Path file) throws IOException {
    PosixFileAttributes owner = Files.readAttributes(model, PosixFileAttributes.class);
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (!view.readAttributes().owner().equals(owner.owner())) {
      view.setOwner(owner.owner());
      view.setGroup(owner.group());
    }
  }

  static Path folderOf(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IllegalArgumentException("not a file: " + file);
    }
    return folder;
  }
}
