package org.cldcb.client.recover;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.cldcb.client.install.AtomicFile;

/** Where a recovered database goes: a place where nothing is, so that nothing is overwritten. */
record Target(Path file) {
  private static final String[] SIDECARS = {"-journal", "-wal", "-shm"};

  Path folder() {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw RecoverMessages.noFile(file);
    }
    return folder;
  }

  /** Refuses an existing database, and journals that would corrupt the new one. */
  void requireFree() {
    if (exists(file)) {
      throw RecoverMessages.exists(file);
    }
    for (String suffix : SIDECARS) {
      Path sidecar = file.resolveSibling(file.getFileName() + suffix);
      if (exists(sidecar)) {
        throw RecoverMessages.sidecar(sidecar);
      }
    }
  }

  /** Gives a file of the same file system its name, durably. */
  void put(Path from) throws IOException {
    try {
      AtomicFile.nameNew(file, from);
    } catch (FileAlreadyExistsException e) {
      throw RecoverMessages.exists(file);
    }
  }

  private static boolean exists(Path path) {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }
}
