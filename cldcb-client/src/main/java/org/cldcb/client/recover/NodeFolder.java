package org.cldcb.client.recover;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.cldcb.client.cln.LightningDir;
import org.cldcb.client.install.AtomicFile;
import org.cldcb.crypto.Secrets;

/**
 * The network's folder of a node that comes back: made if it isn't there, with all that is put into
 * it belonging to whom the lightning-dir belongs to, as root may be the one who recovers.
 */
final class NodeFolder implements AutoCloseable {
  private static final String TEMPORARY_SECRET = ".cldcb-hsm_secret";

  private final LightningDir dir;
  private final boolean made;

  private NodeFolder(LightningDir dir, boolean made) {
    this.dir = dir;
    this.made = made;
  }

  static NodeFolder of(LightningDir dir) throws IOException {
    Path folder = dir.networkFolder();
    boolean missing = Files.notExists(folder);
    AtomicFile.makeFolder(folder);
    return new NodeFolder(dir, missing);
  }

  Path path() {
    return dir.networkFolder();
  }

  /** Gives a file to the owner of the lightning-dir. */
  void give(Path file) throws IOException {
    AtomicFile.giveToOwnerOf(dir.base(), file);
  }

  /**
   * Copies the hsm_secret to where lightningd looks for it, unless it is there.
   *
   * @return whether it did
   */
  boolean takeSecret(Path hsmSecret) throws IOException {
    if (Files.exists(dir.hsmSecretPlace())) {
      return false;
    }
    byte[] secret = Files.readAllBytes(hsmSecret);
    try {
      putSecret(secret);
    } finally {
      Secrets.wipe(secret);
    }
    return true;
  }

  /**
   * Writes an hsm_secret as lightningd does; there must be none. It is there whole or not at all:
   * lightningd takes no half one, and nothing here writes over it.
   */
  void putSecret(byte[] secret) throws IOException {
    Path place = dir.hsmSecretPlace();
    AtomicFile.writeNew(
        place,
        place.resolveSibling(TEMPORARY_SECRET),
        secret,
        PosixFilePermissions.fromString("r--------"),
        dir.base());
  }

  /** Removes the folder if it was made in vain. */
  @Override
  public void close() throws IOException {
    if (!made) {
      return;
    }
    try {
      Files.deleteIfExists(dir.networkFolder());
    } catch (DirectoryNotEmptyException e) {
      // Not in vain.
      return;
    }
  }
}
