package org.cldcb.server.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.cldcb.cli.Failure;
import org.cldcb.crypto.PublicKey;
import org.cldcb.server.store.StoreException;
import org.jspecify.annotations.Nullable;

/** Every sentence that operators read on their terminal: lower case, no final period. */
public final class Messages {
  private Messages() {}

  // --- the command line

  static Failure unconfirmed(PublicKey node) {
    return Failure.usage(
        "not confirmed: forget deletes all backups of " + node,
        "add --yes to agree; revoke keeps them");
  }

  // --- errors that no other sentence foresees

  public static Failure failed(IOException e) {
    return e instanceof AccessDeniedException denied
        ? Failure.failed(
            "no permission: " + denied.getFile(), "run this as the user that the server runs as")
        : Failure.failed(reason(e));
  }

  public static Failure failed(StoreException e) {
    @Nullable Throwable cause = e.getCause();
    String what = "the store failed: " + reason(cause == null ? e : cause);
    return e.isDamage()
        ? Failure.failed(what, "see \"A damaged store\" in docs/OPERATIONS.md")
        : Failure.failed(what);
  }

  private static String reason(Throwable e) {
    if (e instanceof NoSuchFileException missing) {
      return "no such file: " + missing.getFile();
    }
    if (e instanceof FileSystemException file && file.getReason() != null) {
      return file.getFile() + ": " + file.getReason();
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  // --- the data directory

  static Failure initialised(Path directory) {
    return Failure.failed(
        "already initialised: " + directory, "run: cldcb-server contact --data-dir " + directory);
  }

  static Failure notInitialised(Path directory) {
    return Failure.failed(
        "not initialised: " + directory, "run: cldcb-server init --data-dir " + directory);
  }

  static Failure damaged(int findings) {
    return Failure.failed(
        "the store is damaged: " + findings + " findings, above",
        "keep the server running: it asks the nodes for new bases in place of what is damaged",
        "check the disk; if SQLite's own structure is damaged, see \"A damaged store\" in"
            + " docs/OPERATIONS.md");
  }

  static Failure storeWithoutKey(Path directory, Path key) {
    return Failure.failed(
        "no key: " + directory + " has a store but no " + key.getFileName(),
        "bring it back from a copy; a new key can only begin with a new store");
  }

  static Failure openDirectory(Path directory) {
    return Failure.failed("not safe: others may enter " + directory, "run: chmod 700 " + directory);
  }

  static Failure openKey(Path file) {
    return Failure.failed("not safe: others may read or write " + file, "run: chmod 600 " + file);
  }

  static Failure badKey(Path file) {
    return Failure.failed(
        "not a key: " + file + " must hold 64 hex digits and a newline",
        "bring it back from a copy: clients know the server by this key");
  }

  static Failure running(Path directory) {
    return Failure.failed("already running: another cldcb-server uses " + directory);
  }

  // --- nodes

  static Failure unknown(PublicKey node) {
    return Failure.failed("not known: " + node, "run: cldcb-server list, to see all nodes");
  }
}
