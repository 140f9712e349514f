package org.cldcb.client.recover;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.cldcb.client.cln.LightningDir;
import org.cldcb.crypto.Secrets;

/**
 * The network's folder of a node that comes back: made if it isn't there, with all that is put into
 * it belonging to whom the lightning-dir belongs to, as root may be the one who recovers.
 */
final class NodeFolder implements AutoCloseable {
  private final LightningDir dir;
  private final boolean made;

  private NodeFolder(LightningDir dir, boolean made) {
    this.dir = dir;
    this.made = made;
  }

  static NodeFolder of(LightningDir dir) throws IOException {
    Path folder = dir.networkFolder();
    boolean missing = Files.notExists(folder);
    if (missing) {
      Files.createDirectory(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    NodeFolder made = new NodeFolder(dir, missing);
    if (missing) {
      made.give(folder);
    }
    return made;
  }

  Path path() {
    return dir.networkFolder();
  }

  /** Gives a file to the owner of the lightning-dir. */
  void give(Path file) throws IOException {
    PosixFileAttributes owner = Files.readAttributes(dir.base(), PosixFileAttributes.class);
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (!view.readAttributes().owner().equals(owner.owner())) {
      view.setOwner(owner.owner());
      view.setGroup(owner.group());
    }
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

  /** Writes an hsm_secret as lightningd does; there must be none. */
  void putSecret(byte[] secret) throws IOException {
    Path place = dir.hsmSecretPlace();
    try (FileChannel channel =
        FileChannel.open(
            place,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r--------")))) {
      try {
        ByteBuffer bytes = ByteBuffer.wrap(secret);
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        give(place);
        channel.force(true);
      } catch (IOException e) {
        Files.delete(place);
        throw e;
      }
    }
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
